using System.Collections.Immutable;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Reads the maps of <c>Budgets</c>, of a row or of a document: each one has the attributes of a budget and no other.</summary>
internal static class BudgetListReader
{
    private static readonly Shape<BudgetDraft> Entry = new(() => [], TryReadEntry);

    private static readonly Shape<ImmutableArray<BudgetDraft>> Entries = Shapes.ListOf(Entry);

    /// <summary>Of a row: an empty list is refused.</summary>
    public static RowDraft Read(RowDraft draft, ValueAt node)
    {
        draft = ReadAny(draft, node);
        if (node.Value is RowValue.List { Items.IsEmpty: true })
            node.Refuse(RowRules.BudgetsNotEmpty, "an empty list; write at least one budget, or delete the row with OnDelete DELETE to remove the budgets");
        return draft;
    }

    /// <summary>Of a document: an empty list says that there shall be no budget.</summary>
    public static RowDraft ReadAny(RowDraft draft, ValueAt node)
    {
        // Entries that could not be read in full are kept as far as they could: what else is wrong with them is said too.
        Entries.TryRead(node, out var entries);
        return draft with { HasBudgets = true, Budgets = new Located<ImmutableArray<BudgetDraft>>(entries, node.Path) };
    }

    private static bool TryReadEntry(ValueAt node, out BudgetDraft value)
    {
        value = BudgetDraft.Empty with { Prefix = node.Path + "." };
        if (node.Value is not RowValue.Map map)
            return Shapes.WrongType(node, "a map (M) with the attributes of a budget");
        foreach (var (name, entry) in map.Entries)
        {
            if (BudgetAttributes.ByName.TryGetValue(name, out var attribute))
                value = attribute.Read(value, node.Entry(name, entry));
            else if (RowAttributes.ByName.ContainsKey(name))
                node.Entry(name, entry).Refuse(RowRules.KnownName, "belongs at the top level of the row, not to one budget; move it there");
            else if (!name.StartsWith(RowAttributes.UserPrefix, StringComparison.Ordinal))
                Shapes.RefuseName(node.Entry(name, entry), name, BudgetAttributes.ByName.Keys);
        }

        // Broken attributes are remembered in the draft, so the entry itself counts as read.
        return true;
    }
}
