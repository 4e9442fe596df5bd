namespace BudgetSync.Core.Spend.Costs;

/// <summary>What one service cost an account on a day, as Cost Explorer tells it.</summary>
/// <param name="Service">As Cost Explorer calls it, for example <c>Amazon Elastic Compute Cloud - Compute</c>.</param>
public readonly record struct ServiceCost(string Service, DateOnly Day, decimal Amount, string Unit);
