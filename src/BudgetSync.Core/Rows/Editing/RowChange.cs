using System.Collections.Immutable;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>What an edit means for one row.</summary>
public enum RowChangeKind
{
    Added,
    Changed,
    Removed,

    /// <summary>The table says the same already: nothing is written.</summary>
    Unchanged,

    /// <summary>What is asked for is wrong: the row of the table stays as it is.</summary>
    Rejected,

    /// <summary>Another edit wrote the row since: it stays as that one wrote it.</summary>
    Left,
}

/// <summary>One attribute of a row before and after; null where it is not there.</summary>
public sealed record AttributeChange(string Name, RowValue? Before, RowValue? After);

/// <summary>One row of an edit.</summary>
/// <param name="Position">Where the wish stands, for people: <c>line 3</c>; "" where no file does.</param>
/// <param name="Before">The row as it was read; null where there was none.</param>
/// <param name="After">The row as it would be, without who wrote it; null where there would be none.</param>
/// <param name="Reasons">Why it is rejected or left.</param>
public sealed record RowChange(string Key, string Position, RowChangeKind Kind, RowImage? Before, RowImage? After, EquatableArray<string> Reasons)
{
    /// <summary>True where a write is needed.</summary>
    public bool Writes => Kind is RowChangeKind.Added or RowChangeKind.Changed or RowChangeKind.Removed;

    /// <summary>The attributes that differ in meaning, in the order in which people read them: the amounts first.</summary>
    public ImmutableArray<AttributeChange> Attributes
    {
        get
        {
            var (before, after) = (Before?.Attributes.Items, After?.Attributes.Items);
            var names = (before?.Keys ?? []).Concat(after?.Keys ?? []).Distinct(StringComparer.Ordinal);
            return
            [
                .. names.Where(name => name != RowAttributes.Key && !RowEquivalence.IsProvenance(name))
                    .Select(name => new AttributeChange(name, before?.GetValueOrDefault(name), after?.GetValueOrDefault(name)))
                    .Where(change => !RowEquivalence.SameAttribute(change.Name, change.Before, change.After))
                    .OrderBy(change => RowOrder.Of(change.Name))
                    .ThenBy(change => change.Name, StringComparer.Ordinal)
            ];
        }
    }
}
