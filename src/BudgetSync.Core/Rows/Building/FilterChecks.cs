using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Checks that a budget's filters fit its type and one another.</summary>
internal static class FilterChecks
{
    private static readonly string[] UsageFilters = ["UsageType", "UsageTypeGroup"];

    private static readonly string[] UsageDimensions = ["USAGE_TYPE", "USAGE_TYPE_GROUP"];

    /// <summary>
    /// BM budgets, Budget.CostFilters, in the names that bills give these services; the last is OpenSearch's former name, and the first the model's own word.
    /// </summary>
    private static readonly string[] ReservedServices =
    [
        "Amazon EC2", "Amazon Elastic Compute Cloud - Compute", "Amazon Redshift", "Amazon Relational Database Service", "Amazon ElastiCache",
        "Amazon OpenSearch Service", "Amazon Elasticsearch Service",
    ];

    public static void Check(BudgetDraft draft, BudgetType type, BuildContext context, ProblemList problems)
    {
        CheckStyle(draft, problems);
        CheckCostTypes(draft, type, problems);
        CheckMetric(draft, type, problems);
        CheckServices(draft, type, problems);
        CheckLinkedAccount(draft, context, problems);
        if (!context.Alone && !draft.IsBroken("CostFilters") && !draft.IsBroken("FilterExpression"))
        {
            CheckRequired(draft, type, problems);
            if (draft is { Metrics: { Value.Length: > 0 } metrics, FilterExpression: null, CostFilters: null, CostTypes: null })
                problems.Add(
                    RowRules.MetricsNeedExpression,
                    metrics.Path,
                    "stands without FilterExpression, and AWS takes only both; add a FilterExpression, or write CostTypes (UseAmortized, UseBlended) instead");
        }
    }

    private static void CheckStyle(BudgetDraft draft, ProblemList problems)
    {
        var old = draft.CostFilters?.Path ?? draft.CostTypes?.Path;
        var @new = draft.FilterExpression?.Path ?? draft.Metrics?.Path;
        if (old is not null && @new is not null)
            problems.Add(
                RowRules.FilterOneStyle,
                @new,
                $"stands beside {old}; AWS takes either CostFilters and CostTypes or FilterExpression and Metrics, so write all that both say in "
                    + "one of the two ways");
    }

    private static void CheckCostTypes(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        if (draft.CostTypes is not { } costTypes)
            return;
        if (type != BudgetType.COST)
            problems.Add(RowRules.CostTypesOfCost, costTypes.Path, $"a {type} budget has no CostTypes; remove it");
        if (costTypes.Value is { UseBlended: true, UseAmortized: true })
            problems.Add(RowRules.CostTypesOnePrice, costTypes.Path, "UseBlended and UseAmortized are both true; keep one of them");
    }

    private static void CheckMetric(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        foreach (var metric in draft.Metrics?.Value ?? [])
        {
            var ofUsage = metric is BudgetMetric.UsageQuantity or BudgetMetric.NormalizedUsageAmount or BudgetMetric.Hours;
            if (type != (ofUsage ? BudgetType.USAGE : BudgetType.COST))
                problems.Add(
                    RowRules.MetricOfType,
                    draft.Metrics!.Path,
                    $"{metric} is no metric of a {type} budget; "
                        + $"{(type is BudgetType.COST or BudgetType.USAGE ? $"write {(ofUsage ? "UnblendedCost" : "UsageQuantity")}" : "remove it")}");
        }
    }

    private static void CheckServices(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        if (type is not (BudgetType.RI_COVERAGE or BudgetType.RI_UTILIZATION))
            return;
        var old = draft.CostFilters?.Value.GetValueOrDefault("Service") ?? [];
        foreach (var service in old.Concat(Values(draft.FilterExpression?.Value, "SERVICE")).Where(service => !ReservedServices.Contains(service)).Distinct())
        {
            problems.Add(
                RowRules.ReservationService, (draft.CostFilters?.Path ?? draft.FilterExpression?.Path)!, // One of them named the service.
                $"{ValueAt.Quote(service)} has no reservations that a {type} budget could watch; write one of "
                    + $"{string.Join(", ", ReservedServices.Skip(1).Select(ValueAt.Quote))}");
        }
    }

    /// <summary>
    /// A row for many may cover the management account as well, where the filter works: so it is judged account by account. Where it is not known which the
    /// management account is (in a spoke), AWS is the judge.
    /// </summary>
    private static void CheckLinkedAccount(BudgetDraft draft, BuildContext context, ProblemList problems)
    {
        if (context.Account is not { } account || context.Defaults.ManagementAccount is not { } management || account == management)
            return;
        // A billing view may show other accounts' costs: what can be chosen in it is for AWS to say.
        if (draft.BillingView is { Value.Length: > 0 })
            return;
        var old = draft.CostFilters is { } filters && filters.Value.ContainsKey("LinkedAccount");
        if (old || Dimensions(draft.FilterExpression?.Value).Any(dimension => dimension is "LINKED_ACCOUNT" or "LINKED_ACCOUNT_NAME"))
            problems.Add(
                RowRules.LinkedAccountPlace,
                old ? draft.CostFilters!.Path + ".LinkedAccount" : draft.FilterExpression!.Path, // One of them names accounts.
                $"filters by account, which works in the management account {management} only, and this is the budget of {account}; move a budget over chosen "
                    + $"accounts to the row of {management}");
    }

    private static IEnumerable<string> Values(FilterExpression? expression, string dimension) => expression switch
    {
        FilterExpression.And and => and.Operands.SelectMany(operand => Values(operand, dimension)),
        FilterExpression.Or or => or.Operands.SelectMany(operand => Values(operand, dimension)),
        FilterExpression.Not not => Values(not.Operand, dimension),
        FilterExpression.Match { Kind: MatchKind.Dimensions } match when match.Key == dimension => match.Values,
        _ => [],
    };

    private static void CheckRequired(BudgetDraft draft, BudgetType type, ProblemList problems)
    {
        var names = draft.CostFilters?.Value.Keys ?? [];
        var dimensions = Dimensions(draft.FilterExpression?.Value);
        if (type == BudgetType.USAGE && !names.Any(name => UsageFilters.Contains(name)) && !dimensions.Any(dimension => UsageDimensions.Contains(dimension)))
            problems.Add(RowRules.UsageFilter, draft.Prefix + "CostFilters", "is missing what a USAGE budget counts; add UsageType or UsageTypeGroup");
        if (type is BudgetType.RI_COVERAGE or BudgetType.RI_UTILIZATION && !names.Contains("Service") && !dimensions.Contains("SERVICE"))
            problems.Add(
                RowRules.ReservationFilter,
                draft.Prefix + "CostFilters",
                $"is missing the service of a {type} budget; add Service, for example [\"Amazon Elastic Compute Cloud - Compute\"]");
    }

    private static IEnumerable<string> Dimensions(FilterExpression? expression) => expression switch
    {
        FilterExpression.And and => and.Operands.SelectMany(Dimensions),
        FilterExpression.Or or => or.Operands.SelectMany(Dimensions),
        FilterExpression.Not not => Dimensions(not.Operand),
        FilterExpression.Match { Kind: MatchKind.Dimensions } match => [match.Key],
        _ => [],
    };
}
