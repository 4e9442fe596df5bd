using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>How a Filter of GetCostAndUsage is built (Cost Explorer API reference, Expression and GetCostAndUsage).</summary>
internal static class FilterRules
{
    private static readonly string[] Leaves = ["Dimensions", "Tags", "CostCategories"];

    /// <summary>Of other APIs: "can only be used in CostCategoryRule", "… in AnomalySubscriptions".</summary>
    private static readonly string[] ElsewhereOnly =
        ["LINKED_ACCOUNT_NAME", "SERVICE_CODE", "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE"];

    public static void Validate(JsonObject filter, int maximumValues)
    {
        var values = ValuesOf(filter);
        if (values > maximumValues) throw CostExplorerErrors.Invalid($"Filter: {values} values are more than the {maximumValues} that a request may have.");
    }

    private static int ValuesOf(JsonObject expression)
    {
        var given = expression.Where(member => member.Value is not null).Select(member => member.Key).ToList();
        if (given.Count != 1)
            throw CostExplorerErrors.Invalid("Expression must have exactly one of And, Or, Not, Dimensions, Tags and CostCategories.");
        var kind = given[0];
        if (Leaves.Contains(kind)) return ValuesOf(kind, expression.RequiredStructure(kind));
        if (kind == "Not") return ValuesOf(expression.RequiredStructure(kind));
        var parts = expression.Structures(kind).ToList();
        return parts.Count < 2 ? throw CostExplorerErrors.Invalid($"{kind} needs at least two expressions.") : parts.Sum(ValuesOf);
    }

    private static int ValuesOf(string kind, JsonObject leaf)
    {
        var (key, values, options) = (leaf.Text("Key"), leaf.Texts("Values").Count(), leaf.Texts("MatchOptions").ToList());
        string[] allowed = kind == "Dimensions" ? ["EQUALS", "CASE_SENSITIVE"] : ["EQUALS", "ABSENT", "CASE_SENSITIVE"];
        if (options.Find(option => !allowed.Contains(option)) is { } other)
            throw CostExplorerErrors.Invalid($"MatchOptions {other} is not supported for {kind}: {string.Join(", ", allowed)}.");
        if (kind == "Dimensions" && (key is null || ElsewhereOnly.Contains(key))) throw CostExplorerErrors.Invalid($"Dimension {key} is not valid.");
        if (options.Contains("ABSENT") && values > 0) throw CostExplorerErrors.Invalid($"{kind} expression must not have values set when ABSENT is provided");
        if (kind == "Dimensions" && values == 0) throw CostExplorerErrors.Invalid("Dimensions expression must have at least one value.");
        return values;
    }
}
