
namespace BudgetSync.Core.Budgets;

/// <summary>Where a budget's limit comes from: exactly one of AWS's three ways.</summary>
public abstract record BudgetAmount
{
    private BudgetAmount()
    {
    }

    /// <summary><c>BudgetLimit</c>: one amount for every period. RI and Savings Plans budgets are always <c>100 PERCENTAGE</c>.</summary>
    public sealed record Fixed(SpendAmount Limit) : BudgetAmount;

    /// <summary><c>PlannedBudgetLimits</c>: the start of each period (UTC midnight on the first day of a month or quarter) to its limit.</summary>
    public sealed record Planned(EquatableDictionary<DateTimeOffset, SpendAmount> Limits) : BudgetAmount;

    /// <summary>
    /// <c>AutoAdjustData</c>: AWS computes the limit. <paramref name="AdjustmentPeriod"/> (periods looked back on) is set for HISTORICAL only.
    /// </summary>
    public sealed record AutoAdjusted(AutoAdjustType Type, int? AdjustmentPeriod) : BudgetAmount;
}
