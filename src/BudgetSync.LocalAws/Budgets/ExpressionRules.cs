using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>How a FilterExpression is built (API reference, Expression; Cost Explorer's for what the leaves of both share).</summary>
internal static class ExpressionRules
{
    private static readonly string[] Leaves = ["Dimensions", "Tags", "CostCategories"];

    /// <param name="maximumDepth">Operators within each other.</param>
    public static void Validate(JsonObject expression, int maximumDepth)
    {
        var kind = KindOf(expression);
        if (Leaves.Contains(kind))
        {
            ValidateLeaf(kind, expression.RequiredStructure(kind));
            return;
        }

        if (maximumDepth == 0) throw BudgetErrors.Invalid("FilterExpression: And, Or and Not nest too deeply.");
        var parts = PartsOf(expression, kind);
        if (kind != "Not" && parts.Count < 2) throw BudgetErrors.Invalid($"FilterExpression: {kind} needs at least two expressions.");
        foreach (var part in parts) Validate(part, maximumDepth - 1);
    }

    /// <summary>What the leaves of an expression name.</summary>
    public static IEnumerable<CostFilter> Filters(JsonObject expression)
    {
        var kind = KindOf(expression);
        if (!Leaves.Contains(kind)) return PartsOf(expression, kind).SelectMany(Filters);
        var leaf = expression.RequiredStructure(kind);
        return [new CostFilter(kind == "Dimensions" ? leaf.RequiredText("Key") : kind, [.. leaf.Texts("Values")])];
    }

    private static string KindOf(JsonObject expression)
    {
        var given = expression.Where(member => member.Value is not null).Select(member => member.Key).ToList();
        return given.Count == 1
            ? given[0]
            : throw BudgetErrors.Invalid("FilterExpression: each expression has exactly one of And, Or, Not, Dimensions, Tags and CostCategories.");
    }

    private static List<JsonObject> PartsOf(JsonObject expression, string kind) =>
        kind == "Not" ? [expression.RequiredStructure(kind)] : [.. expression.Structures(kind)];

    private static void ValidateLeaf(string kind, JsonObject leaf)
    {
        var options = leaf.Texts("MatchOptions").ToList();
        // ExpressionDimensionValues.MatchOptions: "only one of these values"; the model says no such thing of tags and cost categories.
        if (kind == "Dimensions" && options.Count > 1) throw BudgetErrors.Invalid($"FilterExpression: {kind} takes one match option.");
        if (string.IsNullOrEmpty(leaf.Text("Key"))) throw BudgetErrors.Invalid($"FilterExpression: {kind} needs a Key.");
        // As Cost Explorer says it (hashicorp/terraform-provider-aws#36690; that Budgets refuses it too: the same, pull request 46501).
        if (options.Contains("ABSENT") && leaf["Values"] is not null)
            throw BudgetErrors.Invalid($"{kind} expression must not have values set when ABSENT is provided");
        if (!options.Contains("ABSENT") && leaf["Values"] is null)
            throw BudgetErrors.Invalid($"FilterExpression: {kind} needs Values, unless the match option is ABSENT.");
    }
}
