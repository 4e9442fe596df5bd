using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Budgets whose overspend reaches no person, for people.</summary>
internal static class UnannouncedText
{
    private const int Named = 3;

    /// <summary>Null where there is none, or it is not known.</summary>
    public static string? Of(ImmutableArray<UnannouncedBudget>? budgets)
    {
        if (budgets is not { IsEmpty: false } known) return null;
        var named = known.Take(Named).Select(one => $"{one.Account} {Printable.Line(one.Name)}");
        var more = known.Length > Named ? $" and {Number.Of(known.Length - Named)} more ('budgetsync status --json' has them all)" : "";
        return $"No recipient and no channel: {string.Join(", ", named)}{more}. Give it Thresholds, or its account Notify.";
    }

    /// <summary>A line for each budget of one account.</summary>
    public static IEnumerable<string> OfAccount(ImmutableArray<UnannouncedBudget>? budgets, string account) =>
        from one in budgets ?? []
        where one.Account.Value == account
        select $"{Printable.Line(one.Name)} has no recipient and no channel; give it Thresholds, or its account Notify";
}
