namespace BudgetSync.LocalAws.Budgets;

/// <summary>What one period was allowed and what it took, as last computed in it.</summary>
internal readonly record struct PeriodSpend(DateTimeOffset Start, DateTimeOffset End, Spend Limit, Amount Actual);
