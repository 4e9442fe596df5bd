namespace BudgetSync.Core.Rows.Reading;

/// <summary>Reads one row: every attribute by itself, everything wrong at once.</summary>
internal static class RowReader
{
    private static readonly string[] KnownNames = [.. RowAttributes.ByName.Keys, .. BudgetAttributes.ByName.Keys];

    /// <param name="row">The row.</param>
    /// <param name="prefix">What stands before each path in a message: "" for the account's own row, <c>row "default": </c> for an inherited one.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    public static RowDraft Read(RowImage row, string prefix, ProblemList problems)
    {
        var draft = new RowDraft { Flat = BudgetDraft.Empty with { Prefix = prefix } };
        var flat = new List<string>();
        foreach (var (name, value) in row.Attributes)
        {
            var node = new ValueAt(value, prefix + name, problems);
            if (BudgetAttributes.ByName.TryGetValue(name, out var ofBudget))
            {
                flat.Add(name);
                draft = draft with { Flat = ofBudget.Read(draft.Flat, node) };
            }
            else if (RowAttributes.ByName.TryGetValue(name, out var ofRow))
            {
                draft = ofRow.Read(draft, node);
            }
            else if (AttributeNames.PartOf(name) is { } whole)
            {
                node.Refuse(RowRules.KnownName, $"no such attribute, but a part of {whole}; write {whole} as one value, which in CSV is JSON in one cell");
            }
            else if (!name.StartsWith(RowAttributes.UserPrefix, StringComparison.Ordinal))
            {
                Shapes.RefuseName(node, name, KnownNames, " (a note of your own may begin with x-)");
            }
        }

        if (draft.Envelope is { } envelope && AccountId.TryParse(row.Key, out _))
            problems.Add(
                RowRules.EnvelopeScope,
                envelope.Path,
                "is over several accounts, and this row is for one; write BudgetValue, or move it to the row of an OU, the root or default");
        if (!row.Attributes.ContainsKey(RowAttributes.Key))
            problems.Add(RowRules.ScopeKey, prefix + RowAttributes.Key, "is missing; write what the row is for");
        if (draft.HasBudgets && flat.Count > 0)
            problems.Add(
                RowRules.BudgetsAlone,
                prefix + RowAttributes.Budgets,
                $"stands beside {string.Join(", ", flat)}; move {(flat.Count == 1 ? "it" : "them")} into the entries of Budgets");
        return draft;
    }
}
