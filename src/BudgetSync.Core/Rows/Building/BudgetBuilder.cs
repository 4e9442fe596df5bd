using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Turns drafts into budgets, and says everything that does not fit together.</summary>
internal static class BudgetBuilder
{
    public static DesiredBudgets Build(ImmutableArray<BudgetDraft> drafts, BuildContext context, ProblemList problems)
    {
        var built = new SortedDictionary<string, DesiredBudget>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            if (Build(draft, context, problems) is { } budget && !built.TryAdd(budget.Settings.Name, budget))
                problems.Add(
                    RowRules.NamesUnique,
                    draft.Name?.Path ?? draft.Prefix + "BudgetName",
                    $"{ValueAt.Quote(budget.Settings.Name)} stands there twice{(draft.Name is null ? " (it is the stack's default name)" : "")}; give "
                        + $"each budget a name of its own");
        }

        return new DesiredBudgets([.. built.Values]);
    }

    /// <summary>
    /// AWS takes an expression without a metric and then cannot compute it ("Selected metrics cannot be null", hashicorp/terraform-provider-aws#46866), so one
    /// is always named: the console's choice for the type.
    /// </summary>
    private static BudgetMetric? DefaultMetric(BudgetDraft draft, BudgetType type) => (draft.FilterExpression, type) switch
    {
        (null, _) => null,
        (_, BudgetType.COST) => BudgetMetric.UnblendedCost,
        (_, BudgetType.USAGE) => BudgetMetric.UsageQuantity,
        _ => null,
    };

    private static DesiredBudget? Build(BudgetDraft draft, BuildContext context, ProblemList problems)
    {
        // Nearly every rule depends on these two: guessing them would report what is not wrong.
        if (draft.IsBroken("BudgetType") || draft.IsBroken("TimeUnit"))
            return null;
        var type = draft.Type?.Value ?? BudgetType.COST;
        var timeUnit = draft.TimeUnit?.Value ?? TimeUnit.MONTHLY;
        var amount = AmountBuilder.Amount(draft, type, timeUnit, context, problems);
        var (start, end) = AmountBuilder.Period(draft, timeUnit, context, problems);
        FilterChecks.Check(draft, type, context, problems);
        var recipients = AlertBuilder.Recipients(draft, context, problems);
        var notifications = AlertBuilder.Notifications(draft, type, timeUnit, recipients, context, problems);
        var actions = ActionBuilder.Actions(draft, type, timeUnit, recipients, context, problems);
        var grants = LimitMoves.Grants(draft, type, problems);
        var changes = LimitMoves.Changes(draft, type, problems);
        var settings = new BudgetSettings
        {
            Name = draft.Name?.Value ?? context.Defaults.BudgetName,
            Type = type,
            TimeUnit = timeUnit,
            // Where the amount is wrong this is never used: there is a problem then, or the row is only looked at alone.
            Amount = amount ?? new BudgetAmount.Fixed(new SpendAmount(0, "")),
            // AWS's defaults written out mean the same as leaving them out, so they are the same here.
            CostTypes = draft.CostTypes?.Value is { } costTypes && costTypes != new CostTypes() ? costTypes : null,
            FilterExpression = draft.FilterExpression?.Value,
            Metric = draft.Metrics?.Value is [var metric, ..] ? metric : DefaultMetric(draft, type),
            BillingViewArn = draft.BillingView is { Value.Length: > 0 } view ? context.BillingView(view, problems) : null,
            PeriodStart = start,
            PeriodEnd = end,
        };
        if (draft.CostFilters is { } filters)
            settings = settings with { CostFilters = filters.Value };
        return new DesiredBudget(settings, notifications, actions)
        {
            Adopt = draft.Adopt?.Value ?? false,
            KeepExtraSubscribers = draft.KeepExtraSubscribers?.Value ?? false,
            Grants = grants,
            Changes = changes,
            ResourceTags = draft.ResourceTags is { } tags ? (EquatableDictionary<string, string>?)tags.Value : null,
        };
    }
}
