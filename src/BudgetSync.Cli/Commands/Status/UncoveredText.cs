using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>The accounts without a budget, in a sentence.</summary>
internal static class UncoveredText
{
    /// <summary>Null where every account has one.</summary>
    public static string? Of(UncoveredSpend uncovered, DateTimeOffset now)
    {
        if (uncovered.Accounts == 0) return null;
        var accounts = $"{Number.Count(uncovered.Accounts, "account")} without a budget";
        if (uncovered is not { Spent: { } spent, AsOf: { } at })
            return $"What the {accounts} {(uncovered.Accounts == 1 ? "spends" : "spend")} is not known: Cost Explorer was not asked this "
                + "month (costExplorer).";
        var largest = uncovered.Largest.Select(one =>
            $"{one.Account} {(one.Name.Length > 0 ? Printable.Line(one.Name) + " " : "")}{Number.Money(one.Spent, uncovered.Unit)}");
        return $"{accounts} spent {Number.Money(spent, uncovered.Unit)} {uncovered.Unit} this month, by Cost Explorer {Age.Of(now - at)} ago"
            + (uncovered.Largest.IsEmpty ? "." : $"; most: {string.Join(", ", largest)}.");
    }
}
