using System.Text;
using System.Text.Json;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Documents;

/// <summary>Reads a parameter document with the reader and the rules of rows, so that what a row may not say a document typed by hand may not say either.</summary>
internal static class DocumentReader
{
    private const string Document = "document";

    private const string VersionName = "Version";

    public static DocumentReading Read(string text, AccountId account, StackDefaults defaults, ProblemList problems)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > ParameterDocument.MaximumBytes)
        {
            problems.Add(RowRules.DocumentSize, Document, $"{bytes} bytes; a parameter holds {ParameterDocument.MaximumBytes}");
            return ParameterDocument.Malformed(Reasons.Of(problems));
        }

        // No store hands such a text over, but nothing here may throw for one.
        text = WellFormedText.Mend(text.Trim());
        var draft = text.StartsWith('{') ? ReadObject(text, problems) : ReadNumber(text, problems);
        if (draft is null)
            return ParameterDocument.Malformed(Reasons.Of(problems));
        var budgets = BudgetBuilding.Build(Inheritance.Merge([draft]), new Surroundings(defaults, account, Alone: false), problems);
        return problems.Count == 0 ? ParameterDocument.Reading(budgets) : ParameterDocument.Malformed(Reasons.Of(problems));
    }

    private static RowDraft? ReadNumber(string text, ProblemList problems)
    {
        var draft = BudgetAttributes.ByName["BudgetValue"].Read(BudgetDraft.Empty, new Node(new RowValue.Text(text), Document, problems));
        return draft.Value is null ? null : new RowDraft { Flat = draft };
    }

    private static RowDraft? ReadObject(string text, ProblemList problems)
    {
        RowValue value;
        try
        {
            using var json = JsonDocument.Parse(text, ParameterDocument.JsonOptions);
            value = RowJson.Read(json.RootElement);
        }
        catch (JsonException fault)
        {
            problems.Add(RowRules.Type, Document, $"is not JSON ({fault.Message}); write a number such as 1500, or {{\"BudgetValue\":1500}}");
            return null;
        }

        var draft = new RowDraft { Flat = BudgetDraft.Empty };
        var flat = new List<string>();
        foreach (var (name, entry) in ((RowValue.Map)value).Entries)
        {
            var node = new Node(entry, name, problems);
            if (name == VersionName)
            {
                if (entry is not RowValue.Number { Value: "1" })
                    node.Refuse(RowRules.DocumentVersion, $"{node.Quoted} is not a version this reads; write {ParameterDocument.Version}, or deploy a newer BudgetSync");
            }
            else if (name == RowAttributes.Budgets)
            {
                draft = BudgetListReader.ReadAny(draft, node);
            }
            else if (BudgetAttributes.ByName.TryGetValue(name, out var attribute))
            {
                flat.Add(name);
                draft = draft with { Flat = attribute.Read(draft.Flat, node) };
            }
            else if (RowAttributes.ByName.ContainsKey(name))
            {
                node.Refuse(RowRules.RowOnly, "belongs in the row of the budgets table, not in the parameter; remove it");
            }
            else
            {
                node.Refuse(RowRules.KnownName, Shapes.UnknownName(name, [VersionName, RowAttributes.Budgets, .. BudgetAttributes.ByName.Keys]));
            }
        }

        if (draft.HasBudgets && flat.Count > 0)
            problems.Add(RowRules.BudgetsAlone, RowAttributes.Budgets, $"stands beside {string.Join(", ", flat)}; move {(flat.Count == 1 ? "it" : "them")} into the entries of Budgets");
        return draft;
    }
}
