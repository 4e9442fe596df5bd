using System.Collections.Immutable;
using Amazon.CostExplorer;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Aws.Track;

/// <summary>
/// Track: what every account of the organization costs, asked of Cost Explorer twice a day and kept in the history table, so that accounts without a budget
/// have a history too. Safe to repeat: what is written follows from what Cost Explorer says, and only what is new is written.
/// </summary>
public sealed class CostTracker(CostReader costs, TrackTable track, HistoryTable history, EmbeddedMetrics metrics, JsonLog log, TimeProvider time)
{
    /// <summary>Asks, and keeps what is new.</summary>
    /// <param name="remaining">How long the invocation may still take.</param>
    /// <exception cref="AwsFaultException">Cost Explorer or DynamoDB failed; Lambda calls again, and what was asked before is asked again.</exception>
    public async Task<TrackAnswer> TrackAsync(TimeSpan remaining, CancellationToken cancellation)
    {
        var (now, deadline) = (time.GetUtcNow(), new Deadline(time, remaining));
        var (today, before) = (DateOnly.FromDateTime(now.UtcDateTime), await track.ReadRunAsync(cancellation));
        var madeBefore = costs.Made;
        var answer = new TrackAnswer(0, 0, 0, Capped: false);
        try
        {
            var run = before is { } done && done.IsRecent(now) ? before : await PresentAsync(before);
            await FillAsync(run);
        }
        catch (CostRequestCapException full)
        {
            log.Warn(LogEvent.TrackCapped, null, null, full.Message);
            answer = answer with { Capped = true };
        }

        answer = answer with { Requests = costs.Made - madeBefore };
        metrics.Write("Count", [("CostExplorerRequests", answer.Requests), ("CostExplorerCapReached", answer.Capped ? 1 : 0)]);
        log.Info(LogEvent.Tracked, null, null, $"Cost Explorer was asked {answer.Requests} times; {answer.Days} days of {answer.Accounts} accounts are new.");
        return answer;

        // The months first: they alone tell what has been spent this month, however few requests are left for the days.
        async Task<TrackRun> PresentAsync(TrackRun? last)
        {
            var (window, end) = (CostWindow.Of(today, last?.Day), today.AddDays(1));
            var months = await costs.ReadAsync(window.MonthsFrom, end, Granularity.MONTHLY, cancellation);
            await track.WriteMonthAsync(ThisMonth(months, today, now), cancellation);
            ImmutableArray<CostAmount> days = [];
            CostRequestCapException? full = null;
            try
            {
                days = await costs.ReadAsync(window.DaysFrom, end, Granularity.DAILY, cancellation);
            }
            catch (CostRequestCapException reached)
            {
                full = reached;
            }

            await KeepAsync(AllCosts.Items(months, days, full is null ? window.DaysFrom : end, now));
            if (full is not null) throw full;
            var run = new TrackRun(now, today, last?.FilledFrom ?? window.MonthsFrom);
            await track.WriteRunAsync(run, cancellation);
            return run;
        }

        // Month by month, so that it comes to an end over some days where a day's requests do not do.
        async Task FillAsync(TrackRun run)
        {
            foreach (var month in CostWindow.Missing(today, run.FilledFrom).TakeWhile(_ => !deadline.Near))
            {
                var amounts = await costs.ReadAsync(month.Start, month.End, Granularity.MONTHLY, cancellation);
                await KeepAsync(AllCosts.Items(amounts, [], month.End, now));
                run = run with { FilledFrom = month.Start };
                await track.WriteRunAsync(run, cancellation);
            }
        }

        async Task KeepAsync(ImmutableDictionary<AccountId, ImmutableArray<HistoryItem>> found)
        {
            var written = 0;
            await BoundedConcurrency.ForEachAsync(found, Limits.AccountsInFlight, WriteAsync, cancellation);
            answer = answer with { Accounts = Math.Max(answer.Accounts, found.Count), Days = answer.Days + written };

            async Task WriteAsync(KeyValuePair<AccountId, ImmutableArray<HistoryItem>> account, CancellationToken token)
            {
                var (id, items) = (account.Key.Value, account.Value);
                var known = await history.ReadAsync(id, AllCosts.Name, items[0].Key.Day, items[^1].Key.Day, token);
                foreach (var item in HistoryUpdate.Of(known, items))
                {
                    await history.WriteAsync(id, item, token);
                    Interlocked.Increment(ref written);
                }
            }
        }
    }

    private static MonthToDate ThisMonth(IEnumerable<CostAmount> months, DateOnly today, DateTimeOffset now)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var present = months.Where(amount => amount.Period.Start == month).ToList();
        return new(month, present.Select(amount => amount.Unit).FirstOrDefault(""), present.ToImmutableDictionary(one => one.Account, one => one.Amount), now);
    }
}
