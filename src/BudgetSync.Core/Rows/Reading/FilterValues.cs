using System.Collections.Immutable;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The form of single filter values, where AWS takes any text and a wrong one makes a budget that counts nothing, without a word.</summary>
internal static class FilterValues
{
    private static readonly string[] TagPrefixes = ["user:", "aws:"];

    // People write a key and a value with these between them.
    private static readonly char[] Separators = [':', '='];

    /// <summary>Whether the values are what AWS matches under the filter name of the old style.</summary>
    public static bool AreRight(ValueAt node, string filter, ImmutableArray<string> values)
    {
        var before = node.Problems.Count;
        foreach (var value in values)
        {
            if (Problem(filter, value) is var (rule, problem))
                node.Refuse(rule, $"{ValueAt.Quote(value)} {problem}");
        }

        return node.Problems.Count == before;
    }

    /// <summary>The same for a dimension of the new style; only whole values can be judged, not parts of one.</summary>
    public static bool AreRight(ValueAt node, string dimension, ImmutableArray<string> values, ImmutableArray<string> options) => dimension switch
    {
        "SERVICE" when options.All(option => option is "EQUALS" or "CASE_SENSITIVE" or "CASE_INSENSITIVE") => AreRight(node, "Service", values),
        "LINKED_ACCOUNT" => AreRight(node, "LinkedAccount", values),
        _ => true,
    };

    private static (Rule Rule, string Problem)? Problem(string filter, string value) => filter switch
    {
        "TagKeyValue" when !IsTag(value) =>
            (RowRules.TagFilter, $"filters nothing: a tag is user:KEY$VALUE, or aws:KEY$VALUE for AWS's own; write {Tag(value)}"),
        "CostCategory" when value.IndexOf('$', StringComparison.Ordinal) <= 0 =>
            (RowRules.CostCategoryFilter, "is no value of a cost category; write its name, a $ and the value, for example Team$Search"),
        "LinkedAccount" when !AccountId.TryParse(value, out _) => (RowRules.LinkedAccountId, "is no account; write its 12 digits"),
        "Service" when ServiceLabels.BillingName(value) is { } name =>
            (RowRules.ServiceName, $"is how the console labels the service, and matches no costs; write {ValueAt.Quote(name)}"),
        _ => null,
    };

    private static bool IsTag(string value) =>
        TagPrefixes.FirstOrDefault(prefix => value.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
        && value.IndexOf('$', StringComparison.Ordinal) > prefix.Length;

    private static string Tag(string value)
    {
        var prefix = TagPrefixes.FirstOrDefault(prefix => value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        var tag = prefix is null ? value : value[prefix.Length..];
        // Colons and equal signs may stand in a key, so without a $ this is the likely meaning and no more.
        var separator = tag.IndexOf('$', StringComparison.Ordinal) is var dollar and > 0 ? dollar : tag.LastIndexOfAny(Separators);
        var (key, text) = separator > 0 ? (tag[..separator], tag[(separator + 1)..]) : (tag.Length == 0 || tag[0] == '$' ? "KEY" : tag, "VALUE");
        return ValueAt.Quote($"{prefix ?? TagPrefixes[0]}{key}${text}");
    }
}
