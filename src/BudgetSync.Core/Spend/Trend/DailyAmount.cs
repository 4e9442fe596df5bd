namespace BudgetSync.Core.Spend.Trend;

/// <summary>What one day cost: the difference of two totals of a period, or a day of Cost Explorer. Negative where a refund came.</summary>
public readonly record struct DailyAmount(DateOnly Day, decimal Amount);
