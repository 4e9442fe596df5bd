namespace BudgetSync.Core.Restrictions;

/// <summary>A restriction that went from one state to another.</summary>
/// <param name="Before">The name of its state before; "" where there was none.</param>
public sealed record RestrictionChange(string Before, Restriction After)
{
    /// <summary>As the ledger keeps it.</summary>
    public LedgerEntry Entry(DateTimeOffset now, string rule) => new(now, After.Id, After.State.Name, Text)
    {
        Rule = rule,
        Facts = [After.Fact, .. Reasons],
        By = After.State is RestrictionState.InForce ? After.ApprovedBy ?? After.ReleasedBy ?? "" : "",
    };

    /// <summary>One sentence.</summary>
    public string Text => After.State switch
    {
        RestrictionState.Watched when After.Rule.Do == RestrictionKind.NOTIFY => $"{After.Rule} is told",
        RestrictionState.Watched => $"{After.Rule} would be planned; the row only watches",
        RestrictionState.Planned(var due) => $"{After.Rule} is planned for {UtcText.Minutes(due)}",
        RestrictionState.AwaitingApproval(var until) => $"{After.Rule} waits for approval until {UtcText.Minutes(until)}",
        RestrictionState.InForce => $"{After.Rule} is in force",
        // A policy of the organization is attached or not; of what a spoke does, some may be done.
        RestrictionState.Failed(_, var reasons) =>
            $"{After.Rule} is not{(After.IsOfOrganization ? "" : ", or only in part,")} in force: {string.Join("; ", reasons)}",
        RestrictionState.Revoked(_, var why) => $"{After.Rule} is being lifted: {why}",
        RestrictionState.Lifted(_, var why) => $"{After.Rule} is lifted: {why}",
        RestrictionState.Cancelled(_, var why) => $"{After.Rule} is cancelled: {why}",
        _ => throw new InvalidOperationException($"{After.State.Name} is no case of RestrictionState."),
    };

    private IEnumerable<string> Reasons => After.State is RestrictionState.Failed(_, var reasons) ? reasons : [];
}
