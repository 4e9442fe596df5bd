using System.Collections.Immutable;
using System.CommandLine;
using BudgetSync.Cli.Stack;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The option <c>--ou</c>: the rows that stand in an OU or under the root, its own and those of its OUs and accounts.</summary>
internal static class RowSelection
{
    public static Option<string?> Unit(string description) => OrganizationalUnitOption.Create(description);

    /// <summary>Rows within the OU, in order.</summary>
    /// <exception cref="CommandException">The organization does not have it.</exception>
    public static ImmutableArray<RowImage> Within(string unit, IReadOnlyList<RowImage> table, OrganizationTree tree)
    {
        if (OrganizationalUnitOption.Find(unit, tree) is not { } scope) return [];
        var covered = tree.CoveredBy(scope).ToHashSet();
        return
        [
            .. RowOrder.Sort(table.Where(row => row.Key == unit || Scope.TryParse(row.Key) switch
            {
                Scope.Account { Id: var id } => covered.Contains(id),
                Scope.OrganizationalUnit other => IsBelow(other, scope, tree),
                _ => false,
            }))
        ];
    }

    /// <summary>True where the text stands in a row's key, in one of its names or in one of its values; capitals do not count.</summary>
    public static bool Holds(RowImage row, string text) => row.Attributes.Any(attribute =>
        attribute.Key.Contains(text, StringComparison.OrdinalIgnoreCase)
        || RowValueText.Plain(attribute.Value).Contains(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>An OU without accounts is nowhere on a path, and no row of it reaches anybody: it is left out.</summary>
    private static bool IsBelow(Scope unit, Scope above, OrganizationTree tree) => tree.CoveredBy(unit) is [var any, ..] && tree.PathOf(any).Contains(above)
        && tree.PathOf(any).IndexOf(unit) is >= 0 and var place && place < tree.PathOf(any).IndexOf(above);
}
