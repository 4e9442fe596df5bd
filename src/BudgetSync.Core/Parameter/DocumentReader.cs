using System.Text;
using System.Text.Json;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// Reads a parameter document with the reader and the rules of rows, so that what a row may not say a document typed by hand may not say either.
/// </summary>
internal static class DocumentReader
{
    private const string Document = "document";

    private const string VersionName = "Version";

    private const string ReleasedName = "Released";

    public static ParsedDocument Read(string text, AccountId account, StackDefaults defaults, ProblemList problems)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > AwsLimits.ParameterBytes)
        {
            problems.Add(RowRules.DocumentSize, Document, $"{bytes} bytes; a parameter holds {AwsLimits.ParameterBytes}");
            return ParameterDocument.Malformed(Reasons.Of(problems));
        }

        // No store hands such a text over, but nothing here may throw for one.
        text = WellFormedText.Mend(text.Trim());
        EquatableArray<DesiredRestriction> restrictions = [];
        var travels = AiPolicy.Empty;
        var draft = text.StartsWith('{') ? ReadObject(text, problems, out restrictions, out travels) : ReadNumber(text, problems);
        if (draft is null)
            return problems.Count == 0
                ? new ParsedDocument.Released(ParameterDocument.Revision(ParameterDocument.Released))
                : ParameterDocument.Malformed(Reasons.Of(problems));
        var ai = AiBuilder.Build([draft], defaults, problems) is { } said ? Together(said, travels) : null;
        var budgets = BudgetBuilder.Build(Inheritance.Merge([draft]), new BuildContext(defaults, account, Alone: false) { FromDocument = true }, problems);
        return problems.Count == 0 ? ParameterDocument.Reading(budgets, restrictions, ai) : ParameterDocument.Malformed(Reasons.Of(problems));
    }

    private static AiPolicy Together(AiPolicy said, AiPolicy travels) =>
        said with
        {
            Requests = travels.Requests,
            SnoozedThrough = travels.SnoozedThrough,
            AccountDenied = travels.AccountDenied,
            Stopped = travels.Stopped,
        };

    private static RowDraft? ReadNumber(string text, ProblemList problems)
    {
        var draft = BudgetAttributes.ByName["BudgetValue"].Read(BudgetDraft.Empty, new ValueAt(new RowValue.Text(text), Document, problems));
        return draft.Value is null ? null : new RowDraft { Flat = draft };
    }

    /// <summary>The draft; null where the document is wrong, which is then said, or releases the spoke.</summary>
    private static RowDraft? ReadObject(
        string text, ProblemList problems, out EquatableArray<DesiredRestriction> restrictions, out AiPolicy travels)
    {
        (restrictions, travels) = ([], AiPolicy.Empty);
        RowValue value;
        try
        {
            using var json = StrictJson.Parse(text, allowTrailingCommas: true);
            value = RowJson.Read(json.RootElement);
        }
        catch (JsonException fault)
        {
            problems.Add(RowRules.Type, Document, $"is not JSON ({fault.Message}); write a number such as 1500, or {{\"BudgetValue\":1500}}");
            return null;
        }

        var entries = ((RowValue.Map)value).Entries;
        if (entries.TryGetValue(ReleasedName, out var released))
        {
            if (released is not RowValue.Bool(true))
                problems.Add(RowRules.ReleasedAlone, ReleasedName, "is not true; write true to leave the account's budgets as they are, or remove it");
            if (entries.Keys.FirstOrDefault(name => name is not (ReleasedName or VersionName)) is { } beside)
                problems.Add(
                    RowRules.ReleasedAlone,
                    ReleasedName,
                    $"stands beside {beside}; a document either says what the budgets should be or leaves them alone, so remove one");
            if (entries.TryGetValue(VersionName, out var version))
                CheckVersion(new ValueAt(version, VersionName, problems));
            return null;
        }

        var draft = new RowDraft { Flat = BudgetDraft.Empty };
        var flat = new List<string>();
        foreach (var (name, entry) in entries)
        {
            var node = new ValueAt(entry, name, problems);
            if (name == VersionName)
            {
                CheckVersion(node);
            }
            else if (name == RestrictionReader.Name)
            {
                restrictions = RestrictionReader.Read(node);
            }
            else if (name == RowAttributes.Ai)
            {
                travels = AiTravelReader.Read(node, out var said);
                draft = RowAttributes.ByName[name].Read(draft, said);
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
                Shapes.RefuseName(node, name, [VersionName, RestrictionReader.Name, RowAttributes.Ai, RowAttributes.Budgets, .. BudgetAttributes.ByName.Keys]);
            }
        }

        if (draft.HasBudgets && flat.Count > 0)
            problems.Add(
                RowRules.BudgetsAlone,
                RowAttributes.Budgets,
                $"stands beside {string.Join(", ", flat)}; move {(flat.Count == 1 ? "it" : "them")} into the entries of Budgets");
        return draft;
    }

    private static void CheckVersion(ValueAt node)
    {
        if (node.Value is not RowValue.Number { Value: "1" })
            node.Refuse(
                RowRules.DocumentVersion,
                $"{node.Quoted} is not a version this reads; write {ParameterDocument.Version}, or deploy a newer BudgetSync");
    }
}
