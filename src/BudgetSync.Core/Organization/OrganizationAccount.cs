namespace BudgetSync.Core.Organization;

/// <summary>A member account of the organization.</summary>
/// <param name="Parent">The id of the OU or root it stands in.</param>
/// <param name="Active">False for accounts suspended, closed or on the way there: they are left out of everything but the list of accounts.</param>
public sealed record OrganizationAccount(AccountId Id, string Name, string Parent, bool Active);
