namespace BudgetSync.Core.Restrictions;

/// <summary>A restriction that the organization does: a service control policy is attached to the account, which nobody in the account can undo.</summary>
public sealed record DesiredControl(AccountId Account, string Id, RestrictionKind Kind);
