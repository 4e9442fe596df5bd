namespace BudgetSync.LocalAws.Billing;

/// <summary>Where an account's costs come from.</summary>
/// <param name="Begins">The first day with usage.</param>
/// <param name="On">The lines of a whole day.</param>
internal sealed record AccountCosts(DateOnly Begins, Func<DateOnly, IReadOnlyList<CostLine>> On);
