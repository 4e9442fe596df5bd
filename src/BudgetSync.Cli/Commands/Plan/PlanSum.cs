using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Plan;

/// <summary>What a plan comes to: which rows move most, and what all rows of accounts ask for before and after, and where suspensions begin.</summary>
internal static class PlanSum
{
    /// <summary>So many of the largest movements are named.</summary>
    private const int Largest = 3;

    public static ImmutableArray<string> Of(RowEdit edit, StackRows rows)
    {
        var movements = edit.Writes.Select(change => (change.Key, Money: Movement(change, rows))).Where(row => row.Money is not null).ToList();
        var largest = movements.OrderByDescending(row => Math.Abs(row.Money!.After - row.Money.Before)) // Not null: the others were left out above.
            .ThenBy(row => row.Key, StringComparer.Ordinal)
            .Take(Largest)
            .Select(row => $"{Printable.Key(row.Key)} {Words(row.Money!)}"); // Not null: as above.
        return
        [
            // Of few, each is seen at once.
            .. movements.Count > Largest ? [$"The largest movements: {string.Join("; ", largest)}."] : Array.Empty<string>(),
            .. RowTotal.Of(edit, rows.Table, rows.Defaults)
                .Where(total => total.Before != total.After)
                .Select(total => $"All rows of accounts: {Words(total)}."),
            .. ArmedAccounts.Of(edit, rows).Told is { } arming ? [arming] : Array.Empty<string>(),
        ];
    }

    /// <summary>Null where the row's amount does not move, or moves into another period or currency.</summary>
    private static RowTotal? Movement(RowChange change, StackRows rows) =>
        RowAmount.Of(change.Before, rows.Defaults) is [var was] && RowAmount.Of(change.After, rows.Defaults) is [var now]
            && was.Unit == now.Unit && was.Period == now.Period && was.Amount != now.Amount
            ? new RowTotal(now.Unit, now.Period, was.Amount, now.Amount)
            : null;

    private static string Words(RowTotal total) => EditScreen.Movement(total.Before, total.After, total.Unit, total.Period);
}
