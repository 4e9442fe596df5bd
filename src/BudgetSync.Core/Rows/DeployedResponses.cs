namespace BudgetSync.Core.Rows;

/// <summary>What a deployment has, beside its function that decides, for what rows ask by Responses.</summary>
/// <param name="StopRegions">It names regions in which spokes may stop what runs.</param>
/// <param name="ControlPolicies">It has policies of the organization.</param>
/// <param name="DenyLists">It has lists of calls, which DENY_APIS denies.</param>
public sealed record DeployedResponses(bool StopRegions, bool ControlPolicies, bool DenyLists);
