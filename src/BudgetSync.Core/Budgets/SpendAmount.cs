namespace BudgetSync.Core.Budgets;

/// <summary>
/// An amount with its unit, AWS Budgets' Spend: <c>1500.50 USD</c>, <c>100 GB</c>, <c>100 PERCENTAGE</c>.
/// Two amounts are equal when the numbers are (<c>1000</c> = <c>1000.0</c>), which is how AWS hands them back.
/// </summary>
/// <param name="Amount">A decimal, never floating: correct money comes first.</param>
/// <param name="Unit">A currency code for COST, a usage unit for USAGE, <c>PERCENTAGE</c> for utilization and coverage.</param>
public readonly record struct SpendAmount(decimal Amount, string Unit);
