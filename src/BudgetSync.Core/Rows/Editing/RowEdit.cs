using System.Collections.Immutable;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>
/// An edit of the table before it is made: what would become of each row. A row that is asked for replaces the table's row of its key; attributes that say the
/// same in another spelling keep the table's. Pure: making it so is the shell's part.
/// </summary>
public sealed record RowEdit(EquatableArray<RowChange> Changes)
{
    /// <summary>What would be written, in order.</summary>
    public IEnumerable<RowChange> Writes => Changes.Where(change => change.Writes);

    /// <summary>Compares what is asked for with what there is.</summary>
    /// <param name="prune">Rows that are not asked for go.</param>
    /// <param name="unnamed">What becomes of attributes that no row asked for has: a file without a column for notes does not speak of them.</param>
    /// <param name="judge">Asked about rows that would be written only: a row that stays as it is makes nothing worse.</param>
    /// <param name="named">Attributes that are spoken of although no row asked for has them: a column whose cells are all empty says that none shall.</param>
    public static RowEdit Of(
        IReadOnlyList<WantedRow> wanted,
        IReadOnlyList<RowImage> table,
        bool prune,
        RowJudge judge,
        UnnamedAttributes unnamed,
        IEnumerable<string>? named = null)
    {
        var now = table.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal);
        var spoken = wanted.SelectMany(row => row.Image?.Attributes.Keys ?? []).Concat(named ?? []).ToHashSet(StringComparer.Ordinal);
        bool Stays(string name) => !spoken.Contains(name)
            && (unnamed == UnnamedAttributes.Stay || (unnamed == UnnamedAttributes.OwnStay && RowEquivalence.IsUsersOwn(name)));
        var merged = wanted
            .Select(row => (Row: row, Before: now.GetValueOrDefault(row.Key), After: Merge(now.GetValueOrDefault(row.Key), row, Stays)))
            .ToList();
        var gone = prune ? now.Keys.Except(wanted.Select(row => row.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList() : [];
        var then = now.RemoveRange(gone).ToBuilder();
        foreach (var (row, _, after) in merged.Where(entry => IsSound(entry.Row)))
        {
            if (after is null) then.Remove(row.Key);
            else then[row.Key] = after;
        }

        var all = then.ToImmutable();
        return new RowEdit([
            .. merged.Select(entry => Of(entry.Row, entry.Before, entry.After, all, judge)),
            .. gone.Select(key => new RowChange(key, "", RowChangeKind.Removed, now[key], null, [])),
        ]);
    }

    /// <summary>The table's rows as they would stand.</summary>
    public IReadOnlyDictionary<string, RowImage> Then(IReadOnlyList<RowImage> table)
    {
        var then = table.ToImmutableDictionary(row => row.Key, StringComparer.Ordinal).ToBuilder();
        foreach (var change in Writes)
        {
            if (change.After is { } after) then[change.Key] = after;
            else then.Remove(change.Key);
        }

        return then.ToImmutable();
    }

    private static RowChange Of(WantedRow row, RowImage? before, RowImage? after, IReadOnlyDictionary<string, RowImage> then, RowJudge judge)
    {
        if (!IsSound(row))
            return new RowChange(row.Key, row.Position, RowChangeKind.Rejected, before, before, Reasons(row, after, then, judge));
        if (after is null) return new RowChange(row.Key, row.Position, before is null ? RowChangeKind.Unchanged : RowChangeKind.Removed, before, null, []);
        if (before is not null && RowEquivalence.SameRow(before, after))
            return new RowChange(row.Key, row.Position, RowChangeKind.Unchanged, before, before, []);
        return judge(after, then) is { IsEmpty: false } reasons
            ? new RowChange(row.Key, row.Position, RowChangeKind.Rejected, before, before, reasons)
            : new RowChange(row.Key, row.Position, before is null ? RowChangeKind.Added : RowChangeKind.Changed, before, after, []);
    }

    private static bool IsSound(WantedRow row) => row.Problems.IsEmpty && row.Key.Length > 0;

    /// <summary>All at once: what the file did to the row hides nothing that the row says wrong itself.</summary>
    private static EquatableArray<string> Reasons(WantedRow row, RowImage? after, IReadOnlyDictionary<string, RowImage> then, RowJudge judge)
    {
        var known = row.Problems.IsEmpty ? [NoKey(row.Position)] : row.Problems;
        if (after is null) return known;
        var all = new Dictionary<string, RowImage>(then, StringComparer.Ordinal) { [row.Key] = after };
        var ofKey = known.Any(IsOfKey);
        return [.. known, .. judge(after, all).Where(reason => !(ofKey && IsOfKey(reason))).Except(known, StringComparer.Ordinal)];
    }

    private static bool IsOfKey(string problem) => problem.StartsWith("AccountId:", StringComparison.Ordinal);

    private static string NoKey(string position) =>
        $"AccountId: is missing or empty{(position.Length > 0 ? $" in {position}" : "")}; write an account id, an OU's id, the root's id or default";

    /// <summary>The row asked for, in the table's own spelling where that says the same. What no file can hold (binary values, who wrote it) stays.</summary>
    private static RowImage? Merge(RowImage? before, WantedRow wanted, Func<string, bool> stays)
    {
        if (wanted.Image is not { } image) return null;
        var attributes = RowProvenance.Without(image).Attributes.Items;
        foreach (var (name, value) in before?.Attributes.Items ?? ImmutableSortedDictionary<string, RowValue>.Empty)
        {
            if (value is RowValue.Binary
                || RowEquivalence.IsProvenance(name)
                || stays(name)
                || RowEquivalence.SameAttribute(name, value, attributes.GetValueOrDefault(name)))
                attributes = attributes.SetItem(name, value);
        }

        return new RowImage(attributes);
    }
}
