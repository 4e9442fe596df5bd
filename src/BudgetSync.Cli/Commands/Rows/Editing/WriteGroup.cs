using System.Collections.Immutable;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// Which rows of an edit are written together. A few are written each by itself, which costs half as much; many in groups, which takes as many calls fewer as a
/// group has rows.
/// </summary>
internal static class WriteGroup
{
    /// <summary>
    /// Rows of a group, and of an edit that has no groups: a quarter of what a transaction may have, so that one that is cancelled costs little.
    /// </summary>
    internal const int Rows = 25;

    /// <summary>
    /// Bytes of a group's rows before and after: a quarter of what a transaction may have (DynamoDB API reference, TransactWriteItems: 4 MB).
    /// </summary>
    internal const int Bytes = 1024 * 1024;

    public static ImmutableArray<ImmutableArray<RowChange>> Split(ImmutableArray<RowChange> wave)
    {
        if (wave.Length <= Rows) return [.. wave.Select(change => ImmutableArray.Create(change))];
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<RowChange>>();
        var group = ImmutableArray.CreateBuilder<RowChange>();
        var bytes = 0;
        foreach (var change in wave)
        {
            var size = (change.Before is { } before ? ItemSize.Of(before) : 0) + (change.After is { } after ? ItemSize.Of(after) : 0);
            if (group.Count == Rows || (group.Count > 0 && bytes + size > Bytes))
            {
                groups.Add(group.ToImmutable());
                group.Clear();
                bytes = 0;
            }

            group.Add(change);
            bytes += size;
        }

        groups.Add(group.ToImmutable());
        return groups.ToImmutable();
    }
}
