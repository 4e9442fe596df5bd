namespace BudgetSync.Core.Spend.Costs;

/// <summary>What one account cost in a day or a month, as Cost Explorer tells it.</summary>
/// <param name="Period">A day, or a month as far as it was asked about.</param>
/// <param name="Estimated">True while AWS may still change the amount.</param>
public readonly record struct CostAmount(AccountId Account, BudgetPeriod Period, decimal Amount, string Unit, bool Estimated);
