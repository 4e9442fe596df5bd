namespace BudgetSync.Core.Budgets;

/// <summary>An amount that takes over on its day, in UTC: an entry of a row's <c>Changes</c>.</summary>
public readonly record struct EffectiveAmount(DateOnly From, decimal Amount);
