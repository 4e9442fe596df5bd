using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Coverage;

/// <summary>The budget that is of all the costs of an account.</summary>
internal static class AccountWideBudget
{
    /// <summary>
    /// In this period and currency. Of several the one with the highest limit: each account counts once, and for no less than it may spend.
    /// </summary>
    public static DesiredBudget? Of(DesiredBudgets budgets, TimeUnit period, string unit, DateTimeOffset now) => budgets.Budgets
        .Where(budget => budget.Settings is { Type: BudgetType.COST, FilterExpression: null, CostFilters.IsEmpty: true, BillingViewArn: null }
            && budget.Settings.TimeUnit == period
            && UnitOf(budget.Settings.Amount) is var own && (own is null || own == unit))
        .OrderByDescending(budget => LimitOf(budget, null, now) ?? 0)
        .ThenBy(budget => budget.Settings.Name, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>In force today; one that AWS computes is what it last reported.</summary>
    public static decimal? LimitOf(DesiredBudget budget, ReportedBudget? reported, DateTimeOffset now) => budget.Settings.Amount switch
    {
        BudgetAmount.Planned({ IsEmpty: false } limits) => limits.Where(limit => limit.Key <= now).Select(limit => (decimal?)limit.Value.Amount).LastOrDefault()
            ?? limits.Values.First().Amount,
        BudgetAmount.Fixed => LimitInForce.Of(budget, DateOnly.FromDateTime(now.UtcDateTime))?.Amount,
        _ => reported?.Limit,
    };

    private static string? UnitOf(BudgetAmount amount) => amount switch
    {
        BudgetAmount.Fixed(var limit) => limit.Unit,
        BudgetAmount.Planned({ IsEmpty: false } limits) => limits.Values.First().Unit,
        _ => null,
    };
}
