using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Status;

/// <summary>
/// The detail of <c>BudgetSync Restriction Changed</c>: <c>{"version":1,"accountId":"111122223333","restriction":"r-0123456789ab","kind":"DENY_NEW",
/// "budgetName":"team-a","before":"Planned","after":"InForce","mode":"ARMED","text":"DENY_NEW at Over is in force","fact":"…"}</c>.
/// </summary>
internal static class RestrictionChangeJson
{
    private const int Version = 1;

    public static SpendEvent Event(StatusRow row, RestrictionChange change) => new(SpendEvent.RestrictionChanged, CompactJson.Object(json =>
    {
        var restriction = change.After;
        json.WriteNumber("version", Version);
        json.WriteString("accountId", row.Key);
        if (row.AccountName.Length > 0) json.WriteString("accountName", row.AccountName);
        json.WriteString("restriction", restriction.Id);
        json.WriteString("kind", restriction.Rule.Do.ToString());
        json.WriteString("budgetName", restriction.Budget);
        json.WriteString("before", change.Before);
        json.WriteString("after", restriction.State.Name);
        json.WriteString("mode", restriction.Rule.Mode.ToString());
        json.WriteString("text", change.Text);
        json.WriteString("fact", restriction.Fact);
        if (restriction.Until is { } until) json.WriteString("until", UtcText.Seconds(until));
    }));
}
