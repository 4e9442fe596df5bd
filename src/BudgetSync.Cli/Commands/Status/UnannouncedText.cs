using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Budgets whose overspend reaches no person, for people.</summary>
internal static class UnannouncedText
{
    private const int Named = 3;

    private const string OnlyThresholds =
        "Give it Thresholds with EmailRecipients; Notify tells nobody here, because this deployment has no setting channels (locally: --channels).";

    /// <summary>Null where there is none, or it is not known.</summary>
    /// <param name="budgets">As found.</param>
    /// <param name="alerts">False where the deployment has no alerts: then no row's Notify tells anybody.</param>
    public static string? Of(ImmutableArray<UnannouncedBudget>? budgets, bool alerts)
    {
        if (budgets is not { IsEmpty: false } known) return null;
        var named = known.Take(Named).Select(one => $"{one.Account} {Printable.Line(one.Name)}");
        var more = known.Length > Named ? $" and {Number.Of(known.Length - Named)} more ('budgetsync status --json' has them all)" : "";
        return $"No recipient and no channel: {string.Join(", ", named)}{more}. {(alerts ? "Give it Thresholds, or its account Notify." : OnlyThresholds)}";
    }

    /// <summary>A line for each budget of one account.</summary>
    public static IEnumerable<string> OfAccount(ImmutableArray<UnannouncedBudget>? budgets, bool alerts, string account) =>
        from one in budgets ?? []
        where one.Account.Value == account
        select $"{Printable.Line(one.Name)} has no recipient and no channel; "
            + (alerts ? "give it Thresholds, or its account Notify" : "give it Thresholds with EmailRecipients: this deployment has no setting channels");
}
