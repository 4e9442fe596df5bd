namespace BudgetSync.Core.Organization;

/// <summary>An organizational unit, or the root.</summary>
/// <param name="Parent">The id of the OU or root above; null for the root itself.</param>
public sealed record OrganizationUnit(string Id, string Name, string? Parent);
