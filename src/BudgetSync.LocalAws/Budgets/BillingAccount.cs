namespace BudgetSync.LocalAws.Budgets;

/// <summary>What the rules of a budget ask of its account.</summary>
/// <param name="Currency">The one unit of its COST budgets.</param>
/// <param name="IsManagementAccount">True: its costs are those of the whole organization, which can be told apart by linked account.</param>
internal sealed record BillingAccount(string Id, string Currency, bool IsManagementAccount);
