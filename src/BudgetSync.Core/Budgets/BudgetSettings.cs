using System.Collections.Immutable;

namespace BudgetSync.Core.Budgets;

/// <summary>
/// Everything of a budget that CreateBudget and UpdateBudget carry: AWS's Budget shape without what AWS computes.
/// The same type holds what we desire and what AWS answered; equal in meaning is equal only after <c>BudgetComparison</c> has had its say
/// (defaults AWS fills in, numbers it normalises, periods it sets).
/// </summary>
public sealed record BudgetSettings
{
    /// <summary>1 to 100 characters, unique within the account.</summary>
    public required string Name { get; init; }

    public required BudgetType Type { get; init; }

    public required TimeUnit TimeUnit { get; init; }

    public required BudgetAmount Amount { get; init; }

    /// <summary>The old style of filters: filter name to its values. Empty where there is none; never together with <see cref="FilterExpression"/>.</summary>
    public EquatableDictionary<string, EquatableArray<string>> CostFilters { get; init; } =
        ImmutableSortedDictionary.Create<string, EquatableArray<string>>(StringComparer.Ordinal);

    /// <summary>COST budgets of the old style only; null means AWS's defaults.</summary>
    public CostTypes? CostTypes { get; init; }

    /// <summary>The new style of filters; null where there is none.</summary>
    public FilterExpression? FilterExpression { get; init; }

    /// <summary>The metric of a budget of the new style (AWS takes at most one); null otherwise.</summary>
    public BudgetMetric? Metric { get; init; }

    /// <summary>The billing view that the budget counts; null is the account's own costs, AWS's primary view.</summary>
    public string? BillingViewArn { get; init; }

    /// <summary>Start of the budget's first period, when the row set one; null leaves it to AWS (start of the current period).</summary>
    public DateTimeOffset? PeriodStart { get; init; }

    /// <summary>End of the budget, when the row set one; null leaves it to AWS (2087-06-15).</summary>
    public DateTimeOffset? PeriodEnd { get; init; }
}
