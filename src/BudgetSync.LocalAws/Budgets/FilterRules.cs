using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which costs a budget may be narrowed to (API reference, CreateBudget and Expression; UG "Budget filters").</summary>
internal static class FilterRules
{
    private static readonly string[] Leaves = ["Dimensions", "Tags", "CostCategories"];

    /// <summary>The services that reservations exist for (API reference, Budget.CostFilters), under their names there and in bills.</summary>
    private static readonly HashSet<string> ServicesWithReservations = new(StringComparer.Ordinal)
    {
        "Amazon EC2", "Amazon Elastic Compute Cloud - Compute", "Amazon Redshift", "Amazon Relational Database Service", "Amazon ElastiCache",
        "Amazon OpenSearch Service", "Amazon Elasticsearch Service",
    };

    public static void Demand(BudgetTerms terms, bool isManagementAccount)
    {
        if (terms.IsExpressionStyle && (terms.CostFilters is not null || terms.CostTypes is not null))
            throw BudgetErrors.Invalid("Only one set of filters can be present: FilterExpression and Metrics, or CostFilters and CostTypes.");
        if (terms.CostTypes is not null && terms.Type != "COST")
            throw BudgetErrors.Invalid($"CostTypes: a {terms.Type} budget has none; only COST budgets do.");
        DemandMetric(terms);
        var used = FiltersOf(terms).ToList();
        if (!isManagementAccount && used.Exists(filter => filter.Name is "LinkedAccount" or "LINKED_ACCOUNT"))
            throw BudgetErrors.Invalid("A filter by linked account is available only in the management account.");
        if (terms.Type == "USAGE" && !used.Exists(filter => filter.Name is "UsageType" or "UsageTypeGroup" or "USAGE_TYPE" or "USAGE_TYPE_GROUP"))
            throw BudgetErrors.Invalid("A USAGE budget needs a filter by usage type or usage type group, so that it counts one unit.");
        if (terms.Type.StartsWith("RI_", StringComparison.Ordinal)
            && used.Where(filter => filter.Name is "Service" or "SERVICE").SelectMany(filter => filter.Values).FirstOrDefault(service => !ServicesWithReservations.Contains(service)) is { } unknown)
            throw BudgetErrors.Invalid($"A {terms.Type} budget cannot filter by the service \"{unknown}\": it has no reservations.");
    }

    private static void DemandMetric(BudgetTerms terms)
    {
        if (terms.Metric is null) return;
        var isUsage = terms.Metric is "UsageQuantity" or "NormalizedUsageAmount" or "Hours";
        if (terms.Type == "COST" && isUsage) throw BudgetErrors.Invalid($"Metrics: {terms.Metric} is a measure of usage; a COST budget takes one of cost.");
        if (terms.Type == "USAGE" && !isUsage) throw BudgetErrors.Invalid($"Metrics: {terms.Metric} is a measure of cost; a USAGE budget takes one of usage.");
    }

    private static IEnumerable<(string Name, string[] Values)> FiltersOf(BudgetTerms terms)
    {
        var filters = (terms.CostFilters ?? []).Select(filter => (filter.Key, ((JsonArray)filter.Value!).Select(value => value!.GetValue<string>()).ToArray()));
        return terms.FilterExpression is null ? filters : filters.Concat(Walk(terms.FilterExpression));
    }

    private static IEnumerable<(string Name, string[] Values)> Walk(JsonObject expression)
    {
        var given = expression.Where(member => member.Value is not null).Select(member => member.Key).ToList();
        if (given.Count != 1) throw BudgetErrors.Invalid("FilterExpression: each expression has exactly one of And, Or, Not, Dimensions, Tags and CostCategories.");
        var only = given[0];
        if (Leaves.Contains(only)) return [ReadLeaf(only, expression.RequiredStructure(only))];
        if (only == "Not") return Walk(expression.RequiredStructure(only));
        var parts = expression.Structures(only).ToList();
        if (parts.Count < 2) throw BudgetErrors.Invalid($"FilterExpression: {only} needs at least two expressions.");
        return parts.SelectMany(Walk);
    }

    private static (string Name, string[] Values) ReadLeaf(string kind, JsonObject leaf)
    {
        // ExpressionDimensionValues.MatchOptions: "only one of these values"; the model says no such thing of tags and cost categories.
        if (kind == "Dimensions" && leaf.Texts("MatchOptions").Count() > 1) throw BudgetErrors.Invalid($"FilterExpression: {kind} takes one match option.");
        if (string.IsNullOrEmpty(leaf.Text("Key"))) throw BudgetErrors.Invalid($"FilterExpression: {kind} needs a Key.");
        return (kind == "Dimensions" ? leaf.RequiredText("Key") : kind, [.. leaf.Texts("Values")]);
    }
}
