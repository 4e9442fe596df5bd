using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What is told of spokes that do not report: one alert for each, and one for all where they are so many that what fails is what they have in common.
/// </summary>
public static class SilenceAlerts
{
    private const string Level = "Spoke silent";

    /// <summary>As the mass brake counts restrictions (<c>MassBrake.Most</c>).</summary>
    private const int Few = 10;

    private const int OnePartOf = 50;

    /// <summary>The alert that its spoke is silent; null where it is not, or where the account needs none.</summary>
    /// <param name="note">What the row says for people; null where it says nothing.</param>
    public static Alert? Of(StatusRow row, string? note, DateTimeOffset now)
    {
        if (row.DesiredRevision is null || row.IsOutOfReach) return null;
        // Of a spoke that never reported the parameter is written anew now and then, which says nothing of the spoke.
        if (row.ReportedAt is { } at ? now - at <= Staleness.Limit : row.PropagatedAt is null) return null;
        var since = row.ReportedAt is { } last ? $"not reported since {UtcText.Minutes(last)}" : "never reported";
        var why = row.Reasons.IsEmpty ? "" : $" {row.State}: {string.Join("; ", row.Reasons)}.";
        var text = $"The spoke of {row.Key} has {since}: what the account spends is not seen, and no other alert of it comes.{why}";
        return new Alert(AlertKind.SpokeSilent, AlertSeverity.Warning, AlertPhase.Opened, row.Key, "", PeriodOf(row), Level, text, now)
        {
            AccountName = row.AccountName.Length > 0 ? row.AccountName : null,
            Note = note,
            Facts =
            [
                new AlertFact("Last report", row.ReportedAt is { } heard ? UtcText.Minutes(heard) : "never"),
                new AlertFact("State", row.State.ToString()),
            ],
        };
    }

    /// <summary>Whether the alert may be told for the first time; what was told once stays until the spoke reports.</summary>
    public static bool Begins(StatusRow row, DateTimeOffset now) => Staleness.IsStale(row, now) && Of(row, null, now) is not null;

    /// <summary>Whether an alert says no more than that the spoke is silent: that nothing has looked at a budget for so long.</summary>
    public static bool Explains(Alert alert, StatusRow row, DateTimeOffset now) =>
        alert.Kind == AlertKind.Blind && Begins(row, now) && row.Spend.Any(standing => standing.BudgetName == alert.Budget
            && SpendAlerts.Blindness(standing.Memory, now) is { } blind && blind.Reasons.All(reason => reason.Cause == BlindCause.NotLooked));

    /// <summary>
    /// The one alert for all, where more are silent than the mass brake lets restrictions begin: ten, or two in a hundred accounts where that is more. None
    /// where there are fewer.
    /// </summary>
    public static ImmutableArray<Alert> OfMany(IReadOnlyCollection<StatusRow> rows, DateTimeOffset now)
    {
        var silent = rows.Count(row => Begins(row, now));
        var accounts = rows.Count(row => AccountId.TryParse(row.Key, out _));
        if (silent <= Math.Max(Few, accounts / OnePartOf)) return [];
        // What grows tenfold is told again, and what becomes fewer is not.
        var passed = ImmutableArray.Create(10);
        while (silent > passed[^1] * 10) passed = passed.Add(passed[^1] * 10);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{silent:#,0} of {accounts:#,0} spokes have not reported for {Staleness.Limit.TotalHours:0} hours, so what they have in common may have failed: "
                + $"the bus, its rules, Collect, or the deployment of spokes. budgetsync status --state Unchecked says which; none is told by itself until "
                + $"fewer are.");
        ImmutableArray<string> levels = [.. passed.Select(most => string.Create(CultureInfo.InvariantCulture, $"More than {most:#,0} spokes silent"))];
        return [new Alert(AlertKind.SpokeSilent, AlertSeverity.Critical, AlertPhase.Opened, "", "", "", levels[^1], text, now) { Reached = levels }];
    }

    /// <summary>The message that it is over.</summary>
    internal static Alert Over(OpenAlert told, string account, StatusRow? row, DateTimeOffset now)
    {
        var of = account == RestrictionAlerts.EveryAccount ? "" : account;
        var text = of.Length == 0 ? "Most spokes report again; those that do not are told by themselves."
            : row?.ReportedAt is { } at && now - at <= Staleness.Limit ? $"The spoke of {account} has reported at {UtcText.Minutes(at)}."
            : $"No report of {account} is waited for any more.";
        return new Alert(told.Kind, told.Severity, AlertPhase.Resolved, of, "", told.Period, told.Levels.LastOrDefault(""), text, now)
        {
            AccountName = row is { AccountName.Length: > 0 } ? row.AccountName : null,
        };
    }

    /// <summary>The day of the last report: a silence after another report is another one.</summary>
    private static string PeriodOf(StatusRow row) => row.ReportedAt is { } at ? DayText.Format(DateOnly.FromDateTime(at.UtcDateTime)) : "never";
}
