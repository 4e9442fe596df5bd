using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Page;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Aws.Page;

/// <summary>
/// Report: every hour, the page that <c>budgetsync report</c> makes, into the bucket, and in the first days of a month what the one before cost. Safe to
/// repeat.
/// </summary>
public sealed class PagePublisher(
    BudgetsTable budgets,
    StatusTable status,
    OrganizationReader organization,
    HistoryTable history,
    TrackTable track,
    PageBucket bucket,
    ShowbackPublisher showbacks,
    string name,
    StackDefaults defaults,
    SpendBounds bounds,
    JsonLog log,
    TimeProvider time)
{
    /// <exception cref="AwsFaultException">A table, Organizations or S3 failed; Lambda calls again.</exception>
    public async Task<ReportAnswer> PublishAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var snapshot = await OrganizationSnapshot.ReadAsync(budgets, status, organization, freshTree: true, cancellation);
        var now = time.GetUtcNow();
        var month = await track.ReadMonthAsync(DateOnly.FromDateTime(now.UtcDateTime), cancellation);
        var source = new PageSource(snapshot.Tree, snapshot.Rows, snapshot.Statuses, defaults, bounds, month, now);
        var page = source.Page(name);
        page = source.WithParts(page, await HistoriesAsync(page, cancellation));
        await bucket.WriteAsync(page, cancellation);
        log.Write(
            LogEvent.PagePublished, "Information", null, null, $"A page of {page.Lines.Length} budgets is in the bucket.", page.Lines.Length,
            time.GetElapsedTime(began).TotalMilliseconds);
        // After the page: it is made every hour, and what is missing of a month can wait for the next.
        await showbacks.PublishAsync(snapshot, cancellation);
        return new ReportAnswer(page.Lines.Length);
    }

    private async Task<IReadOnlyDictionary<string, ImmutableArray<HistoryItem>>> HistoriesAsync(SpendPage page, CancellationToken cancellation)
    {
        var accounts = ReportHtml.WithParts(page).Select(line => line.Account).Distinct(StringComparer.Ordinal);
        var items = new ConcurrentDictionary<string, ImmutableArray<HistoryItem>>(StringComparer.Ordinal);
        await BoundedConcurrency.ForEachAsync(
            accounts, Limits.AccountsInFlight, async (account, token) => items[account] = await history.ReadAsync(account, token), cancellation);
        return items;
    }
}
