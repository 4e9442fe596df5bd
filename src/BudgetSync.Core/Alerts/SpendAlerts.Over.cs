using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <content>What is told when an alert is over.</content>
public static partial class SpendAlerts
{
    /// <summary>The message that an alert is over.</summary>
    /// <param name="row">Null where the account has no status any more.</param>
    public static Alert Over(OpenAlert told, string account, StatusRow? row, DateTimeOffset now)
    {
        if (told.Kind == AlertKind.Restriction) return RestrictionAlerts.Over(told, account, row, now);
        if (told.Kind == AlertKind.SpokeSilent) return SilenceAlerts.Over(told, account, row, now);
        if (told.Kind == AlertKind.Ai) return AiAlerts.Over(told, account, row, now);
        if (told.Kind == AlertKind.Anomaly)
        {
            var quiet = $"AWS has told nothing more of unusual costs of {account}.";
            return new Alert(told.Kind, told.Severity, AlertPhase.Resolved, account, "", told.Period, told.Levels.LastOrDefault(""), quiet, now)
            {
                AccountName = row is null ? null : NameOf(row),
            };
        }

        var budget = row?.Budgets.FirstOrDefault(budget => budget.Name == told.Budget);
        var standing = row?.Spend.FirstOrDefault(standing => standing.BudgetName == told.Budget);
        var ended = standing is not null && HasEnded(standing, told, now);
        var text = budget is null || standing is null ? $"{told.Budget} of {account} is no budget of BudgetSync any more."
            : ended ? $"{told.Budget} of {account}: a new period began."
            : $"{told.Budget} of {account} {Ended(told.Kind, standing)}: {AlertFacts.Spent(budget)}.";
        return new Alert(told.Kind, told.Severity, AlertPhase.Resolved, account, told.Budget, told.Period, told.Levels.LastOrDefault(""), text, now)
        {
            // The amounts of the new period are no answer to an alert of the old one.
            Facts = ended ? told.Facts : budget is null || standing is null ? [] : AlertFacts.Of(budget, standing),
            AccountName = row is null ? null : NameOf(row),
        };
    }

    /// <summary>What is so no more. Money that lasts longer says nothing of the state, which may be what it was.</summary>
    private static string Ended(AlertKind kind, SpendStanding standing) => kind switch
    {
        AlertKind.Runway => $"does not run out that soon any more, and is {standing.Memory.State}",
        AlertKind.Threshold => $"is not past that threshold any more, and is {standing.Memory.State}",
        AlertKind.Blind => $"is computed by AWS again, and is {standing.Memory.State}",
        _ => $"is {standing.Memory.State} now",
    };

    /// <summary>Also where no look has seen the new period yet: what was spent in it is not known then, and of the old one nothing is left to say.</summary>
    private static bool HasEnded(SpendStanding standing, OpenAlert told, DateTimeOffset now) =>
        AlertFacts.PeriodName(standing.Memory.Period) != told.Period
        || (standing.Memory.Period is { } period && DateOnly.FromDateTime(now.UtcDateTime) >= period.End);
}
