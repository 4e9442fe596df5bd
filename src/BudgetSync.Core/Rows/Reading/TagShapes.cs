using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The shape of a budget's own tags.</summary>
internal static class TagShapes
{
    /// <summary>AWS's own tags begin so ("Tag naming limits and requirements" of the tagging guide).</summary>
    public const string AwsPrefix = "aws:";

    /// <summary>Name to value; empty takes all away.</summary>
    public static readonly Shape<ImmutableSortedDictionary<string, string>> Tags = new(
        () => new JsonObject
        {
            ["type"] = "object",
            ["maxProperties"] = AwsLimits.ResourceTags,
            ["propertyNames"] = new JsonObject { ["minLength"] = 1, ["maxLength"] = AwsLimits.TagKeyLength },
            ["additionalProperties"] = new JsonObject { ["type"] = "string", ["maxLength"] = AwsLimits.TagValueLength },
        },
        (ValueAt node, out ImmutableSortedDictionary<string, string> value) =>
        {
            value = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
            if (node.Value is not RowValue.Map { Entries: var entries })
                return Shapes.WrongType(node, "a map (M) of tag names to values, {\"team\":\"data\"}");
            var before = node.Problems.Count;
            if (entries.Count > AwsLimits.ResourceTags)
                node.Refuse(RowRules.TagCount, $"{entries.Count} tags; AWS takes {AwsLimits.ResourceTags} beside BudgetSync's own");
            foreach (var (name, entry) in entries)
            {
                if (TryRead(node.Entry(name, entry), name, out var text))
                    value = value.SetItem(name, text);
            }

            return node.Problems.Count == before;
        });

    private static bool TryRead(ValueAt node, string name, out string value)
    {
        value = "";
        if (name.Length is 0 or > AwsLimits.TagKeyLength || string.IsNullOrWhiteSpace(name) || !WellFormedText.Is(name))
            return node.Refuse(RowRules.TagKey, $"{ValueAt.Quote(name)} is no name of a tag; AWS takes 1 to {AwsLimits.TagKeyLength} characters");
        if (name.StartsWith(AwsPrefix, StringComparison.OrdinalIgnoreCase))
            return node.Refuse(RowRules.TagKey, $"{ValueAt.Quote(name)} begins with {AwsPrefix}, which is AWS's own; write another name");
        if (name is OwnershipTag.Key or OwnershipTag.AdoptedKey)
            return node.Refuse(RowRules.TagKey, $"{ValueAt.Quote(name)} says whose the budget is and is BudgetSync's to set; remove it");
        if (node.Value is not RowValue.Text text)
            return Shapes.WrongType(node, "a text (S)");
        value = text.Value;
        if (!WellFormedText.Is(value))
            return node.Refuse(RowRules.WellFormed, "holds half a character (a lone surrogate), which nothing can store; write it again");
        return value.Length <= AwsLimits.TagValueLength
            || node.Refuse(RowRules.TagValue, $"{node.Quoted} has {value.Length} characters; AWS takes {AwsLimits.TagValueLength}");
    }
}
