namespace BudgetSync.LocalAws.Organizations;

/// <summary>An organizational unit under the root or another unit.</summary>
internal sealed record OrganizationalUnit(string Id, string Name, string ParentId);
