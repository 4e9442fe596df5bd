namespace BudgetSync.Core.Spend.History;

/// <summary>One line of DescribeBudgetPerformanceHistory (BudgetedAndActualAmounts): what a period was allowed and what it cost.</summary>
public readonly record struct ClosedAmount(BudgetPeriod Period, string Unit, decimal? Budgeted, decimal Actual);
