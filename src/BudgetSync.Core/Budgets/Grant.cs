namespace BudgetSync.Core.Budgets;

/// <summary>An amount added to a limit for a while: it expires by itself.</summary>
/// <param name="Amount">Above 0, in the budget's unit.</param>
/// <param name="Until">The last day on which it counts, in UTC.</param>
/// <param name="Why">What it was granted for.</param>
/// <param name="By">Who granted it. May be a person's address, so it is never printed.</param>
public sealed record Grant(decimal Amount, DateOnly Until, string Why, string By);
