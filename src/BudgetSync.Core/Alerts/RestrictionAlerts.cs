using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What is told of restrictions: before one begins, with how to stop it; when it begins; and when it is lifted, to all who were told. As with money, it follows
/// from what is: one alert at most for each restriction, whose level is its state.
/// </summary>
public static class RestrictionAlerts
{
    /// <summary>The account under which the one message of the mass brake is kept in the ledger: no account has this key.</summary>
    public const string EveryAccount = "organization";

    /// <summary>What is reached where the mass brake holds restrictions back.</summary>
    public const string BrakeLevel = "Mass brake";

    private const string InForceInPart = "InForceInPart";

    private const string NotGivenBack = "NotGivenBack";

    /// <param name="note">What the row says for people; null where it says nothing.</param>
    public static ImmutableArray<Alert> Of(StatusRow row, string? note, DateTimeOffset now) =>
        [.. row.Restrictions.Select(restriction => Of(row, restriction, now)).OfType<Alert>().Select(alert => alert with { Note = note })];

    /// <summary>The one message for all that the mass brake holds back; none where it holds back nothing.</summary>
    /// <param name="heldBack">Why, as the restrictions say it.</param>
    public static ImmutableArray<Alert> OfBrake(IReadOnlyCollection<StatusRow> rows, Func<Restriction, bool> heldBack, DateTimeOffset now)
    {
        var held = rows.SelectMany(row => row.Restrictions).Where(heldBack).ToList();
        if (held.Count == 0) return [];
        var text = $"{held[0].HeldBack}.";
        return [new Alert(AlertKind.Restriction, AlertSeverity.Critical, AlertPhase.Opened, "", "", "", BrakeLevel, text, now)];
    }

    /// <summary>The message that it is over.</summary>
    internal static Alert Over(OpenAlert told, string account, StatusRow? row, DateTimeOffset now)
    {
        var restriction = row?.Restrictions.FirstOrDefault(restriction => restriction.Id == told.Period);
        var of = account == EveryAccount ? "" : account;
        var text = of.Length == 0 ? "The mass brake holds back no restriction any more."
            : restriction?.State is RestrictionState.Lifted or RestrictionState.Cancelled
                ? $"{Sentence(restriction)} ({told.Budget} of {account}).{Remarks(restriction)}"
            : $"{told.Period} of {account} is over.";
        return new Alert(told.Kind, AlertSeverity.Info, AlertPhase.Resolved, of, told.Budget, told.Period, told.Levels.LastOrDefault(""), text, now);
    }

    private static Alert? Of(StatusRow row, Restriction restriction, DateTimeOffset now)
    {
        var (severity, advice) = restriction.State switch
        {
            RestrictionState.Watched => (AlertSeverity.Warning, "Nothing is done: the row says WATCH."),
            RestrictionState.Planned => (AlertSeverity.Warning, $"Stop it: budgetsync snooze {row.Key} --until DAY --because TEXT."),
            RestrictionState.AwaitingApproval => (AlertSeverity.Critical, $"Let it begin: budgetsync approve {row.Key} {restriction.Id}."),
            RestrictionState.InForce => (AlertSeverity.Critical, TakeBack(row, restriction)),
            // Nothing keeps the money in, and somebody counts on it.
            RestrictionState.Failed => (AlertSeverity.Emergency, TakeBack(row, restriction)),
            // It is over for people when what was done is given back; until then it is as it was told.
            RestrictionState.Revoked => (AlertSeverity.Critical, "It is being given back."),
            _ => (AlertSeverity.Info, ""),
        };
        if (advice.Length == 0 || restriction.IsQuiet) return null;
        var heldBack = restriction.HeldBack.Length > 0 ? $" It is held back: {restriction.HeldBack}." : "";
        var text = $"{Sentence(restriction)}. {restriction.Fact}.{heldBack}{Remarks(restriction)} {advice}";
        // Who is not bound, or bound yet, is known after the message that it begins, or that it is lifted, was sent: it is told once more with that.
        var level = restriction.State switch
        {
            RestrictionState.InForce when !restriction.Remarks.IsEmpty => InForceInPart,
            RestrictionState.Revoked => restriction.Remarks.IsEmpty ? nameof(RestrictionState.InForce) : NotGivenBack,
            _ => restriction.State.Name,
        };
        return new Alert(AlertKind.Restriction, severity, AlertPhase.Opened, row.Key, restriction.Budget, restriction.Id, level, text, now)
        {
            Facts = [new AlertFact("Response", restriction.Rule.ToString()), new AlertFact("Mode", restriction.Rule.Mode.ToString()), .. Until(restriction)],
        };
    }

    private static string TakeBack(StatusRow row, Restriction restriction) =>
        $"Take it back: budgetsync lift {row.Key} {restriction.Id} --because TEXT.";

    private static string Remarks(Restriction restriction) =>
        restriction.Remarks.IsEmpty
            ? ""
            : $" {(restriction.IsOfOrganization ? "The organization" : "Its spoke")} says: {string.Join("; ", restriction.Remarks)}.";

    private static string Sentence(Restriction restriction) => new RestrictionChange("", restriction).Text;

    private static IEnumerable<AlertFact> Until(Restriction restriction) =>
        restriction.Until is { } until ? [new AlertFact("Until", UtcText.Minutes(until))] : [];
}
