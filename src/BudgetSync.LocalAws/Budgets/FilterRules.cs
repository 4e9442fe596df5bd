using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>Which costs a budget may be narrowed to (API reference, CreateBudget and Expression; UG "Budget filters").</summary>
internal static class FilterRules
{
    /// <summary>The services that reservations exist for (API reference, Budget.CostFilters), under their names there and in bills.</summary>
    private static readonly HashSet<string> ServicesWithReservations = new(StringComparer.Ordinal)
    {
        "Amazon EC2", "Amazon Elastic Compute Cloud - Compute", "Amazon Redshift", "Amazon Relational Database Service", "Amazon ElastiCache",
        "Amazon OpenSearch Service", "Amazon Elasticsearch Service",
    };

    public static void Validate(BudgetTerms terms, BillingAccount account, BudgetsOptions options)
    {
        ValidateOneStyle(terms, options);
        if (terms.CostTypes is not null && terms.Type != "COST")
            throw BudgetErrors.Invalid($"CostTypes: a {terms.Type} budget has none; only COST budgets do.");
        ValidateNames(terms, options);
        ValidateMetric(terms);
        if (terms.FilterExpression is { } expression) ExpressionRules.Validate(expression, options.MaximumExpressionDepth);
        var used = FiltersOf(terms).ToList();
        if (!account.IsManagementAccount && used.Exists(IsLinkedAccount))
            throw BudgetErrors.Invalid("A filter by linked account is available only in the management account.");
        if (terms.Type == "USAGE" && !used.Exists(filter => filter.Name is "UsageType" or "UsageTypeGroup" or "USAGE_TYPE" or "USAGE_TYPE_GROUP"))
            throw BudgetErrors.Invalid("A USAGE budget needs a filter by usage type or usage type group, so that it counts one unit.");
        if (terms.Type.StartsWith("RI_", StringComparison.Ordinal)
            && used.Where(filter => filter.Name is "Service" or "SERVICE")
                .SelectMany(filter => filter.Values)
                .FirstOrDefault(service => !ServicesWithReservations.Contains(service)) is { } unknown)
            throw BudgetErrors.Invalid($"A {terms.Type} budget cannot filter by the service \"{unknown}\": it has no reservations.");
    }

    /// <summary>The accounts that a budget is narrowed to; none where it is not.</summary>
    public static IEnumerable<string> LinkedAccounts(BudgetTerms terms) => FiltersOf(terms).Where(IsLinkedAccount).SelectMany(filter => filter.Values);

    private static bool IsLinkedAccount(CostFilter filter) => filter.Name is "LinkedAccount" or "LINKED_ACCOUNT";

    /// <summary>"Either FilterExpression and Metrics or CostFilters and CostTypes, not both or a different combination."</summary>
    private static void ValidateOneStyle(BudgetTerms terms, BudgetsOptions options)
    {
        if (terms.IsExpressionStyle && (terms.CostFilters is not null || terms.CostTypes is not null))
            throw BudgetErrors.Invalid("Only one set of filters can be present: FilterExpression and Metrics, or CostFilters and CostTypes.");
        if (terms.Metric is not null && terms.FilterExpression is null)
            throw BudgetErrors.Invalid("Metrics: they belong to a FilterExpression, and there is none.");
        if (terms.LacksMetric && options.RefuseExpressionWithoutMetric)
            throw BudgetErrors.Invalid("FilterExpression: it needs Metrics, and there are none.");
    }

    private static void ValidateNames(BudgetTerms terms, BudgetsOptions options)
    {
        var known = options.CostFilters[terms.Type];
        if (terms.CostFilters?.FirstOrDefault(filter => !known.Contains(filter.Key)).Key is not { } unknown) return;
        var kind = terms.Type.ToLowerInvariant().Replace('_', ' ');
        throw BudgetErrors.InvalidBudget($"{unknown} is not in the supported in {kind} budget dimension set: [{string.Join(", ", known)}]");
    }

    private static void ValidateMetric(BudgetTerms terms)
    {
        if (terms.Metric is null) return;
        var isUsage = terms.Metric is "UsageQuantity" or "NormalizedUsageAmount" or "Hours";
        if (terms.Type == "COST" && isUsage) throw BudgetErrors.Invalid($"Metrics: {terms.Metric} is a measure of usage; a COST budget takes one of cost.");
        if (terms.Type == "USAGE" && !isUsage) throw BudgetErrors.Invalid($"Metrics: {terms.Metric} is a measure of cost; a USAGE budget takes one of usage.");
    }

    private static IEnumerable<CostFilter> FiltersOf(BudgetTerms terms)
    {
        var filters =
            (terms.CostFilters ?? []).Select(filter => new CostFilter(filter.Key, [.. ((JsonArray)filter.Value!).Select(value => value!.GetValue<string>())]));
        return terms.FilterExpression is null ? filters : filters.Concat(ExpressionRules.Filters(terms.FilterExpression));
    }
}
