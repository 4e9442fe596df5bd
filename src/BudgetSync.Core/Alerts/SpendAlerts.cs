using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>What is the matter with the money of an account, by its status row: an alert at most for each budget and kind.</summary>
public static partial class SpendAlerts
{
    /// <param name="note">What the row says for people; null where it says nothing.</param>
    public static ImmutableArray<Alert> Of(StatusRow row, string? note, DateTimeOffset now) =>
    [
        .. from standing in row.Spend
           let budget = row.Budgets.FirstOrDefault(budget => budget.Name == standing.BudgetName)
           where budget is not null
           from alert in Of(row.Key, budget, standing, now)
           where alert.Kind == AlertKind.Blind || !IsPast(budget, standing.Memory, now)
           select (budget.Missing ? OfMissing(alert) : alert) with { Note = note, AccountName = NameOf(row) },
    ];

    /// <param name="state">Over and worse.</param>
    internal static AlertSeverity SeverityOf(SpendState state) => state switch
    {
        SpendState.Over => AlertSeverity.Warning,
        SpendState.Critical => AlertSeverity.Critical,
        _ => AlertSeverity.Emergency,
    };

    /// <summary>
    /// Whether its period is over and nothing has looked at the budget since: nobody is told for months what was so then. That nothing looks is told by itself.
    /// </summary>
    private static bool IsPast(ReportedBudget budget, SpendMemory memory, DateTimeOffset now) =>
        (budget.Missing || Blindness(memory, now) is not null) && memory.Period is { } period && DateOnly.FromDateTime(now.UtcDateTime) >= period.End;

    /// <summary>
    /// Of a budget that the account lacks though its row wants it, because AWS would not let the spoke make it again: who takes it away ends nothing by that.
    /// </summary>
    private static Alert OfMissing(Alert alert) => alert.Kind == AlertKind.Blind
        ? alert
        : alert with { Text = $"{alert.Budget} is missing in {alert.Account}; when it was there last, it said: {alert.Level}." };

    private static string? NameOf(StatusRow row) => row.AccountName.Length > 0 ? row.AccountName : null;

    private static IEnumerable<Alert> Of(string account, ReportedBudget budget, SpendStanding standing, DateTimeOffset now)
    {
        var memory = standing.Memory;
        var what = $"{budget.Name} of {account}";
        if (memory.State >= SpendState.Over)
        {
            var why = standing.Why.IsEmpty ? "" : $": {string.Join("; ", standing.Why)}";
            yield return Make(AlertKind.SpendState, SeverityOf(memory.State), memory.State.ToString(), $"{what} has spent {AlertFacts.Spent(budget)}{why}.");
        }

        // Before AWS has computed a budget nobody knows the period of what is in alarm: it would be told again with the first amounts.
        if (memory.Period is not null && CrossedThresholds.Of(memory.Alarms, budget) is { } crossed)
        {
            var alert = Make(AlertKind.Threshold, crossed.Severity, crossed.Level, $"{what} has crossed {crossed.Text}.");
            yield return alert with { Reached = crossed.Reached };
        }

        if (memory is { RunwayLevel: { } days, RunwayOver: false })
        {
            var gone = IsGone(standing);
            var severity = days switch
            {
                // What is gone is the state's to tell, and to remind of.
                _ when gone || standing.RunwayDays is not > 0 => AlertSeverity.Info,
                <= 4 => AlertSeverity.Critical,
                <= 7 => AlertSeverity.Warning,
                _ => AlertSeverity.Info,
            };
            var burn = standing.BurnPerDay is { } rate ? $" at {AmountText.Of(rate, budget.Unit)} a day" : "";
            yield return Make(
                AlertKind.Runway,
                severity,
                gone ? "Ran out" : string.Create(CultureInfo.InvariantCulture, $"Runs out within {days} days"),
                $"{what} {RunsOut(standing)}{burn}: {AlertFacts.Spent(budget)}.");
        }

        // A budget of which only the forecast is missing, too: what was to warn before the money is gone does not fire.
        if (Blindness(memory, now) is { } blind) yield return Make(AlertKind.Blind, AlertSeverity.Warning, "Blind", blind.Text(budget.Name, account));

        Alert Make(AlertKind kind, AlertSeverity severity, string level, string text) =>
            new(kind, severity, AlertPhase.Opened, account, budget.Name, AlertFacts.PeriodName(memory.Period), level, text, now)
            {
                Facts = AlertFacts.Of(budget, standing),
            };
    }

    /// <summary>For example <c>runs out on 2026-11-18, 13 days before the period ends</c>.</summary>
    private static string RunsOut(SpendStanding standing)
    {
        // Nothing is left, so the day has been.
        var gone = IsGone(standing);
        var runs = gone ? "ran out" : "runs out";
        if (standing.ExhaustedOn is not { } day) return gone ? runs : "runs out about when the period ends";
        var early = standing.Memory.Period is { } period ? period.End.DayNumber - day.DayNumber : 0;
        var before = early > 0 ? string.Create(CultureInfo.InvariantCulture, $", {early} {(early == 1 ? "day" : "days")} before the period ends") : "";
        return $"{runs} on {AmountText.Of(day)}{before}";
    }

    /// <summary>Whether nothing of the limit is left, also by the amounts that were known last where the newest look knew none.</summary>
    private static bool IsGone(SpendStanding standing) =>
        standing.RunwayDays is 0 || (standing.RunwayDays is null && standing.Memory is { Actual: { } actual, Limit: { } limit } && actual >= limit);

    internal static Freshness.Blind? Blindness(SpendMemory memory, DateTimeOffset now) =>
        memory.Freshness as Freshness.Blind
        ?? (memory.LastLookAt is { } last && now - last > BlindChecks.LooksApart ? new Freshness.Blind([BlindChecks.NotLooked(last)]) : null);
}
