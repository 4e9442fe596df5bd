using System.Globalization;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Coverage;

/// <summary>Whether an account is ready for budgets of models, from what its spoke told and its rows say.</summary>
public static partial class AiCheck
{
    private const string Unseen = "what they cost is seen in the bill only (budgetsync ai compare)";

    /// <param name="policy">What its rows say of models; null where they say nothing.</param>
    public static IEnumerable<AiCheckLine> Of(StatusRow row, AiPolicy? policy, DateTimeOffset now)
    {
        yield return row.Meters
            ? new(AiLight.Green, "metering", "the spoke meters models")
            : new(AiLight.Red, "metering", "the spoke does not meter models: deploy its stack with the feature ai");
        if (row.AiNotCarried.Length > 0)
            yield return new(AiLight.Red, "requests", $"what people ask of its models does not reach its spoke: {row.AiNotCarried}");
        yield return Rows(policy);
        foreach (var warning in policy is null ? [] : AiWarnings.Of(policy)) yield return new(AiLight.Yellow, "rows", warning);
        if (AiView.Of(row, now) is not { } report)
        {
            yield return new(AiLight.Red, "report", "the spoke has told nothing of its models yet");
            yield break;
        }

        yield return AiView.Silence(row, now) is { } silence
            ? new(AiLight.Red, "report", $"{silence}: look whether its stack is there, and at the logs of the Meter function")
            : new(AiLight.Green, "report", $"of {UtcText.Minutes(report.At)}");
        if (report.Regions.IsEmpty) yield return new(AiLight.Red, "log", "no Region is metered: name those where models are called");
        foreach (var line in report.Regions.SelectMany(Region)) yield return line;
        yield return Keys(report);
        yield return Quota(report);
        if (report.PermissionSets is { } sets) yield return People(sets, policy, report);
        foreach (var line in report.Lines.SelectMany(Budget)) yield return line;
    }

    /// <summary>Red where a row suspends people, which then does not happen.</summary>
    private static AiCheckLine People(PermissionSets sets, AiPolicy? policy, AiReport report)
    {
        const string what = "permission sets";
        if (sets.Without.IsEmpty)
        {
            var all = string.Create(CultureInfo.InvariantCulture, $"all {sets.All} refer to the policy of suspended people");
            return new(AiLight.Green, what, all);
        }

        var isMeant = report.Lines.Any(line => line.Subject is AiSubject.Principal({ Kind: AiPrincipalKind.Person }) && line.Mode != ResponseMode.WATCH)
            || policy?.Principals.Any(entry => entry.Key.StartsWith("person/", StringComparison.Ordinal) && entry.Value.Mode != ResponseMode.WATCH) == true;
        return new(isMeant ? AiLight.Red : AiLight.Yellow, what, $"{PermissionSets.WhyNot(sets.Without)}; no person can be suspended until each has the "
            + $"customer managed policy {PeoplePolicy.Name} with the path /BudgetSync/, and is provisioned again");
    }

    private static AiCheckLine Rows(AiPolicy? policy)
    {
        if (policy is null) return new(AiLight.Yellow, "rows", "no row says anything of models: everybody is watched by the default, and nobody suspended");
        var budgets = policy.Principals.Values.Append(policy.Default).Concat(policy.Pools.Values.Select(pool => pool.Budget));
        var all = policy.AccountCap is { } cap ? budgets.Append(cap) : budgets;
        return all.All(budget => budget.Mode == ResponseMode.WATCH)
            ? new(AiLight.Yellow, "rows", "no row says CONFIRM or ARMED: nobody is suspended")
            : new(AiLight.Green, "rows", "a row says CONFIRM or ARMED");
    }

    private static IEnumerable<AiCheckLine> Region(AiRegion region)
    {
        var what = $"log {region.Name}";
        yield return region switch
        {
            { Log: AiLog.Blind } => new(AiLight.Red, what, $"no log is read: {region.Why}"),
            { LastRecordAt: null } => new(AiLight.Yellow, what, "no record has come yet"),
            { Log: AiLog.Foreign } => new(AiLight.Green, what, "the account's own log is read, and stays as it is"),
            _ => new(AiLight.Green, what, "the log that BudgetSync turned on is read"),
        };
        if (region.DeadLetters > 0) yield return new(AiLight.Red, what, $"{AiText.DeadLetters(region)}: {AiText.SendAgain}");
        if (region.UnpricedCalls > 0)
            yield return new(AiLight.Yellow, what, $"{Count(region.UnpricedCalls)} calls without a price today: budgetsync ai prices refresh");
        if (region.UncountedCalls > 0)
            yield return new(AiLight.Yellow, what, $"{Count(region.UncountedCalls)} calls without counted tokens today, as images and video are: {Unseen}");
        if (region.UnjoinedCalls > 0) yield return new(AiLight.Yellow, what, $"{Count(region.UnjoinedCalls)} calls today whose caller is not known");
        yield return Mantle(region);
    }

    /// <summary>Red where it is used: whoever does is metered by nothing and suspended by nothing.</summary>
    private static AiCheckLine Mantle(AiRegion region)
    {
        var what = $"mantle {region.Name}";
        return region.MantleTokens switch
        {
            > 0 => new(AiLight.Red, what, $"Blind: {AiText.Mantle(region)} today, in no log and no sum; {Unseen}: deny it (DENY_AI)"),
            0 => new(AiLight.Green, what, "bedrock-mantle was not used today"),
            _ => new(AiLight.Yellow, what, "whether bedrock-mantle is used is not seen here; what it costs is in the bill (budgetsync ai compare)"),
        };
    }

    private static IEnumerable<AiCheckLine> Budget(AiLine line)
    {
        if (line.Doubt.Length > 0)
            yield return new(AiLight.Yellow, line.Subject.Key, $"it was in the state {line.State.Name} then, and whether it is so still is not known");
        if (line.Mode == ResponseMode.WATCH || line.Doubt.Length > 0) yield break;
        if (line.Unattachable.Length > 0) yield return new(AiLight.Yellow, line.Subject.Key, $"it cannot be suspended: {line.Unattachable}");
        if (line.HeldBack.Length > 0) yield return new(AiLight.Yellow, line.Subject.Key, $"its suspension is held back: {line.HeldBack}");
        if (line.State is AiState.Grace { Refused: { IsEmpty: false } refused })
            yield return new(AiLight.Red, line.Subject.Key, $"its suspension was refused: {string.Join("; ", refused)}");
    }

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
