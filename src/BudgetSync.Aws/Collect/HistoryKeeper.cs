using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Collect;

/// <summary>The history table on both sides of a report: what is known of its budgets' days, and what the report adds.</summary>
/// <param name="table">Null where the deployment has no such table: then nothing is known, and nothing kept.</param>
public sealed class HistoryKeeper(HistoryTable? table, JsonLog log)
{
    /// <summary>So many days back a forecast looks (six weeks), and one before them to tell the first one's own cost.</summary>
    private const int DaysBack = 43;

    /// <summary>Budgets of quarters and years also want the last three firsts of months.</summary>
    private const int DaysBackOfLongPeriods = 100;

    private const int LongPeriod = 32;

    /// <summary>The items of the report's budgets that its assessment and its closed periods need.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<HistoryItem>> ReadAsync(AccountId account, Report report, DateTimeOffset now, CancellationToken cancellation)
    {
        if (table is null) return [];
        var items = ImmutableArray.CreateBuilder<HistoryItem>();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var budget in report.Budgets.Where(budget => budget is { Period: not null, Missing: false }))
        {
            var back = today.AddDays(budget.Period?.Days > LongPeriod ? -DaysBackOfLongPeriods : -DaysBack);
            var first = budget.Closed.Select(closed => closed.Period.LastDay).Append(back).Min();
            items.AddRange(await table.ReadAsync(account.Value, budget.Name, first, today, cancellation));
        }

        return items.ToImmutable();
    }

    /// <summary>Writes what the report and the row it led to add. Safe to repeat: from the same row the same items follow.</summary>
    /// <param name="known">What <see cref="ReadAsync"/> found.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task WriteAsync(
        AccountId account,
        Report report,
        StatusRow row,
        ImmutableArray<HistoryItem> known,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (table is null) return;
        var told = report.Budgets.Where(budget => budget.Period is not null).Select(budget => budget.Name).ToHashSet(StringComparer.Ordinal);
        var looks = from standing in row.Spend
                    where told.Contains(standing.BudgetName)
                    let budget = row.Budgets.FirstOrDefault(budget => budget.Name == standing.BudgetName)
                    where budget is not null
                    select HistoryUpdate.OfLook(standing, budget.Unit);
        var at = report.At < now ? report.At : now;
        var closed = report.Budgets.SelectMany(budget => SpendHistory.BackFill(budget.Name, budget.Closed, at));
        var items = HistoryUpdate.Of(known, [.. looks.OfType<HistoryItem>(), .. closed]);
        foreach (var item in items) await table.WriteAsync(account.Value, item, cancellation);
        if (items.Length > 0) log.Info(LogEvent.HistoryWritten, account.Value, report.Revision, $"{items.Length} days of history were written.");
    }
}
