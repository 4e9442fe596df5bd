using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Billing;

/// <summary>An Expression of Cost Explorer or of a budget, read once and asked about many lines (Cost Explorer API reference, Expression).</summary>
internal static class CostExpression
{
    /// <summary>
    /// Whether a line of a linked account's costs is meant. A line has no tags and no cost category, so that only ABSENT and Not find it by those.
    /// </summary>
    public static Func<string, CostLine, bool> Read(JsonObject expression)
    {
        if (expression.Structure("Not") is { } not)
        {
            var inner = Read(not);
            return (account, line) => !inner(account, line);
        }

        if (expression.ContainsKey("And"))
        {
            var all = Parts(expression, "And");
            return (account, line) => Array.TrueForAll(all, part => part(account, line));
        }

        if (expression.ContainsKey("Or"))
        {
            var any = Parts(expression, "Or");
            return (account, line) => Array.Exists(any, part => part(account, line));
        }

        var leaf = expression.Structure("Dimensions") ?? expression.Structure("Tags") ?? expression.Structure("CostCategories") ?? [];
        var key = expression.ContainsKey("Dimensions") ? leaf.RequiredText("Key") : "";
        var (values, options) = (leaf.Texts("Values").ToList(), leaf.Texts("MatchOptions").ToList());
        return (account, line) => Matches(ValueOf(key, account, line), values, options);
    }

    /// <summary>The value of a dimension; empty where a line has none, as Cost Explorer groups it.</summary>
    public static string ValueOf(string dimension, string account, CostLine line) => dimension switch
    {
        "LINKED_ACCOUNT" => account,
        "SERVICE" => line.Service,
        "RECORD_TYPE" => line.RecordType,
        "REGION" => line.Region,
        "USAGE_TYPE" => line.UsageType,
        _ => "",
    };

    private static Func<string, CostLine, bool>[] Parts(JsonObject expression, string name) => [.. expression.Structures(name).Select(Read)];

    private static bool Matches(string value, List<string> values, List<string> options)
    {
        if (options.Contains("ABSENT")) return value.Length == 0;
        if (value.Length == 0) return false;
        var how = options.Contains("CASE_INSENSITIVE") ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return values.Exists(wanted =>
            options.Contains("STARTS_WITH") ? value.StartsWith(wanted, how)
            : options.Contains("ENDS_WITH") ? value.EndsWith(wanted, how)
            : options.Contains("CONTAINS") ? value.Contains(wanted, how)
            : value.Equals(wanted, how));
    }
}
