using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Status;

/// <summary>
/// The detail of <c>BudgetSync AI Changed</c>: <c>{"version":1,"accountId":"111122223333","subject":"role/DataScience","before":"Critical","after":"Grace",
/// "mode":"ARMED","spent":50.2,"limit":50,"unit":"USD"}</c>; of the subject <c>account</c> also <c>"denyAccount":true</c>, which alone may have changed.
/// </summary>
internal static class AiChangeJson
{
    private const int Version = 1;

    /// <summary>So many of one report; the rest is in the status, and told by the hourly round.</summary>
    private const int Most = 20;

    public static IEnumerable<SpendEvent> Of(StatusRow row, AiReport report)
    {
        var before = (row.Ai?.Lines ?? []).DistinctBy(line => line.Subject.Key)
            .ToDictionary(line => line.Subject.Key, line => line.State.Name, StringComparer.Ordinal);
        var asks = (row.Ai?.DenyAccount ?? false) != report.DenyAccount;
        return report.Lines.DistinctBy(line => line.Subject.Key)
            .Select(line => (Before: before.GetValueOrDefault(line.Subject.Key, nameof(AiState.Active)), Line: line))
            .Where(one => one.Before != one.Line.State.Name || (asks && one.Line.Subject is AiSubject.Account))
            // The account's is acted on, and not only told.
            .OrderBy(one => one.Line.Subject is AiSubject.Account ? 0 : 1)
            .Take(Most)
            .Select(one => Of(row, one.Before, one.Line, report));
    }

    private static SpendEvent Of(StatusRow row, string before, AiLine line, AiReport report) => new(SpendEvent.AiChanged, CompactJson.Object(json =>
    {
        json.WriteNumber("version", Version);
        json.WriteString("accountId", row.Key);
        if (row.AccountName.Length > 0) json.WriteString("accountName", row.AccountName);
        json.WriteString("subject", line.Subject.Key);
        json.WriteString("before", before);
        json.WriteString("after", line.State.Name);
        json.WriteString("mode", line.Mode.ToString());
        json.WriteNumber("spent", line.Spent);
        json.WriteNumber("limit", line.Limit);
        json.WriteString("unit", "USD");
        if (line.Subject is AiSubject.Account) json.WriteBoolean("denyAccount", report.DenyAccount);
    }));
}
