using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Page;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Aws.Page;

/// <summary>
/// What the month before cost, as CSV and HTML for each OU: once a day while AWS may still change its amounts, then never again. Reads the history of every
/// account, and writes into the bucket alone; safe to repeat.
/// </summary>
public sealed class ShowbackPublisher(HistoryTable history, PageBucket bucket, JsonLog log, TimeProvider time)
{
    /// <summary>
    /// Ours: a bill is an estimate until its invoice is issued, some days into the next month (AWS Billing user guide, "Viewing your monthly charges"); three
    /// days more than the history waits for.
    /// </summary>
    public const int SettlingDays = 10;

    /// <summary>The folder of a month.</summary>
    public static string Folder(DateOnly month) => month.ToString("'showback/'yyyy-MM'/'", CultureInfo.InvariantCulture);

    /// <summary>Says which units there are, and when they were written; the last that is written.</summary>
    public static string IndexKey(DateOnly month) => Folder(month) + "index.json";

    /// <exception cref="AwsFaultException">The history table or S3 failed; the next hour tries again.</exception>
    public async Task PublishAsync(OrganizationSnapshot snapshot, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        if (WrittenOn(await bucket.ReadAsync(IndexKey(month), cancellation)) is { } last && (last >= today || today.Day > SettlingDays)) return;
        var began = time.GetTimestamp();
        var histories = new ConcurrentDictionary<string, ImmutableArray<HistoryItem>>(StringComparer.Ordinal);
        await BoundedConcurrency.ForEachAsync(
            snapshot.Accounts().Select(account => account.Value),
            Limits.AccountsInFlight,
            async (account, token) => histories[account] = await history.ReadAsync(account, token),
            cancellation);
        var showbacks = Showback.Of(snapshot.Tree, histories, month, now);
        await BoundedConcurrency.ForEachAsync(showbacks, Limits.AccountsInFlight, WriteAsync, cancellation);
        await bucket.WriteAsync(IndexKey(month), Index(showbacks, month, today), "application/json", cancellation);
        log.Write(
            LogEvent.ShowbackPublished, "Information", null, null, $"The showback of {month:yyyy-MM} is in the bucket, of {showbacks.Length - 1} units.",
            showbacks.Length, time.GetElapsedTime(began).TotalMilliseconds);

        async Task WriteAsync(Showback showback, CancellationToken token)
        {
            var name = Folder(month) + showback.Scope;
            await bucket.WriteAsync($"{name}.csv", Encoding.UTF8.GetBytes(ShowbackCsv.Of(showback)), "text/csv; charset=utf-8", token);
            await bucket.WriteAsync($"{name}.html", Encoding.UTF8.GetBytes(ShowbackHtml.Of(showback)), "text/html; charset=utf-8", token);
        }
    }

    private static byte[] Index(IEnumerable<Showback> showbacks, DateOnly month, DateOnly today) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["month"] = month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ["writtenOn"] = DayText.Format(today),
        ["units"] = new JsonArray([.. showbacks.Select(showback => new JsonObject { ["id"] = showback.Scope, ["name"] = showback.Unit })]),
    }.ToJsonString());

    /// <summary>Null where there is none, and where it is none of ours: then it is written anew.</summary>
    private static DateOnly? WrittenOn(byte[]? index)
    {
        try
        {
            return index is null ? null : DayText.Parse(JsonNode.Parse(index)?["writtenOn"]?.ToString());
        }
        catch (Exception wrong) when (wrong is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
