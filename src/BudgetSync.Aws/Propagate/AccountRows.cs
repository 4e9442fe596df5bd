using System.Collections.Immutable;
using BudgetSync.Core;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <summary>What was read of an account before it is propagated.</summary>
/// <param name="Known">Its status; null where there is none.</param>
/// <param name="Path">The scopes that bear on it, nearest first.</param>
/// <param name="Rows">The rows of those scopes that exist, in the order of the path.</param>
public sealed record AccountRows(StatusRow? Known, ImmutableArray<Scope> Path, ImmutableArray<RowImage> Rows)
{
    /// <summary>The keys of the rows that a path has or could have.</summary>
    public static IReadOnlyList<string> Keys(ImmutableArray<Scope> path) => [.. path.Select(scope => scope.Key)];
}
