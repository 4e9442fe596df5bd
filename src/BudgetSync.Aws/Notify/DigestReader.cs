using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.OwnCosts;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Notify;

/// <summary>Reads what digests say beside the status of accounts: what rose, envelopes, and what BudgetSync itself costs.</summary>
/// <param name="defaults">As the functions have them that carry rows out: an envelope counts what rows allow.</param>
/// <param name="lookEvery">Hours from one look of a spoke to the next.</param>
/// <param name="asksCosts">Whether Cost Explorer is asked, and so its requests are counted.</param>
public sealed class DigestReader(
    HistoryTable history, TrackTable requests, StackDefaults defaults, SpendBounds bounds, int lookEvery, bool asksCosts)
{
    /// <param name="told">The accounts whose alerts go to the channel.</param>
    /// <param name="standings">All accounts.</param>
    /// <param name="rows">All rows, by key.</param>
    /// <param name="day">Of the digest.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<DigestContext> ReadAsync(
        DigestInterval interval,
        IReadOnlyCollection<StatusRow> told,
        IReadOnlyDictionary<string, StatusRow> standings,
        IReadOnlyDictionary<string, RowImage> rows,
        ILookup<string, CostAnomaly> anomalies,
        DateOnly day,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var tree = StatusTree.Of(standings.Values);
        var envelopes = new OrganizationEnvelopes(tree, rows, standings, defaults, now) { Bounds = bounds };
        var ownCost = new OwnCost(standings.Values.Count(row => row.AppliedRevision is not null), lookEvery)
        {
            BudgetsWithActions = ActionPrice.Budgets(rows, tree, defaults),
            CostRequests = asksCosts ? await requests.CountAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellation) : null,
        };
        var above = told.SelectMany(row => StatusRow.ScopesOf(row.Key, row)).ToHashSet(StringComparer.Ordinal);
        return new DigestContext(interval, told, day, now)
        {
            Anomalies = [.. told.SelectMany(row => anomalies[row.Key])],
            Envelopes = [.. rows.Keys.Where(above.Contains).Order(StringComparer.Ordinal).Select(envelopes.LineOf).OfType<EnvelopeLine>()],
            Rises = await RisesAsync(told, DateOnly.FromDateTime(now.UtcDateTime), cancellation),
            OwnCost = ownCost,
        };
    }

    private async Task<ImmutableArray<BudgetRise>> RisesAsync(IEnumerable<StatusRow> told, DateOnly today, CancellationToken cancellation)
    {
        var budgets = told.SelectMany(row => row.Spend.Select(standing => (Row: row, Standing: standing)))
            .OrderByDescending(one => one.Standing.BurnPerDay ?? 0)
            .ThenBy(one => one.Row.Key, StringComparer.Ordinal)
            .Take(Limits.DigestBudgets);
        var rises = new ConcurrentBag<BudgetRise>();
        await BoundedConcurrency.ForEachAsync(
            budgets,
            Limits.AccountsInFlight,
            async (one, token) =>
            {
                var items = await history.ReadAsync(
                    one.Row.Key, one.Standing.BudgetName, today.AddDays(-BudgetRise.DaysRead - 1), today, token);
                if (BudgetRise.Of(one.Row.Key, one.Row.AccountName, items, today) is { } rise) rises.Add(rise);
            },
            cancellation);
        return [.. rises];
    }
}
