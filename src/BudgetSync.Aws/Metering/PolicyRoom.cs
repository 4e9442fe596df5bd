using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Whether IAM has room for one more managed policy at principals. It is only told: a suspension is tried all the same, for what IAM says then is true.
/// </summary>
public sealed class PolicyRoom(IAmazonIdentityManagementService iam, AwsCaller caller, JsonLog log)
{
    /// <param name="principals">Users, API keys and roles; those above <see cref="Limits.RoomQuestions"/> are not asked about.</param>
    /// <returns>Null where IAM did not say.</returns>
    public async Task<PolicyQuota?> ReadAsync(ImmutableArray<AiPrincipal> principals, CancellationToken cancellation)
    {
        if (principals.IsEmpty) return new PolicyQuota(0, []);
        try
        {
            // The account's own: AWS raises it on request.
            var summary = await caller.CallAsync("iam", "GetAccountSummary", token => iam.GetAccountSummaryAsync(new(), token), cancellation);
            var (ofRoles, ofUsers) = (Quota(summary, "AttachedPoliciesPerRoleQuota"), Quota(summary, "AttachedPoliciesPerUserQuota"));
            var full = new List<string>();
            var asked = 0;
            foreach (var principal in principals.Take(Limits.RoomQuestions))
            {
                if (await CountAsync(principal, cancellation) is not { } count) continue;
                asked++;
                if (count >= (principal.Kind == AiPrincipalKind.Role ? ofRoles : ofUsers)) full.Add(principal.Name);
            }

            return new PolicyQuota(asked, [.. full.Take(PolicyQuota.MostNamed)]);
        }
        catch (AwsFaultException unread)
        {
            log.Error(LogEvent.MeterRefused, null, null, Redaction.Clean($"How many managed policies principals have is not seen: {unread.Message}"));
            return null;
        }
    }

    private static int Quota(GetAccountSummaryResponse summary, string name) => summary.SummaryMap?.GetValueOrDefault(name, int.MaxValue) ?? int.MaxValue;

    /// <summary>Null where it is gone, or was never made.</summary>
    private async Task<int?> CountAsync(AiPrincipal principal, CancellationToken cancellation)
    {
        var name = principal.Name[(principal.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        try
        {
            return principal.Kind == AiPrincipalKind.Role
                ? (await Pages.ReadAsync<AttachedPolicy, string>(
                    caller, "iam", "ListAttachedRolePolicies", (marker, token) => OfRoleAsync(name, marker, token), cancellation)).Count
                : (await Pages.ReadAsync<AttachedPolicy, string>(
                    caller, "iam", "ListAttachedUserPolicies", (marker, token) => OfUserAsync(name, marker, token), cancellation)).Count;
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            return null;
        }
    }

    private async Task<(List<AttachedPolicy>? Items, string? Next)> OfRoleAsync(string name, string? marker, CancellationToken cancellation)
    {
        var answer = await iam.ListAttachedRolePoliciesAsync(new ListAttachedRolePoliciesRequest { RoleName = name, Marker = marker }, cancellation);
        return (answer.AttachedPolicies, answer.IsTruncated == true ? answer.Marker : null);
    }

    private async Task<(List<AttachedPolicy>? Items, string? Next)> OfUserAsync(string name, string? marker, CancellationToken cancellation)
    {
        var answer = await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = name, Marker = marker }, cancellation);
        return (answer.AttachedPolicies, answer.IsTruncated == true ? answer.Marker : null);
    }
}
