using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// The text in effect of a policy of the stack. Whoever may give it another version empties it, and it stays attached: what it says is compared with what the
/// stack made, before anybody is called suspended by it.
/// </summary>
/// <param name="arn">Of the policy.</param>
/// <param name="digest">Of the text that the stack made, as <see cref="PolicyDigest"/> has it.</param>
public sealed class DenyPolicyText(IAmazonIdentityManagementService iam, string arn, string digest, AwsCaller caller)
{
    private const string Service = "iam";

    /// <summary>The version read last: IAM changes the text of none (IAM user guide, "Versioning IAM policies").</summary>
    private (string Version, DateTime? Made, string Text)? known;

    /// <summary>Its versions; none where there is no such policy.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<IReadOnlyList<PolicyVersion>> VersionsAsync(CancellationToken cancellation)
    {
        try
        {
            return await Pages.ReadAsync(
                caller,
                Service,
                "ListPolicyVersions",
                async (string? marker, CancellationToken token) =>
                {
                    var answer = await iam.ListPolicyVersionsAsync(new ListPolicyVersionsRequest { PolicyArn = arn, Marker = marker }, token);
                    return (answer.Versions, answer.IsTruncated == true ? answer.Marker : null);
                },
                cancellation);
        }
        catch (AwsFaultException missing) when (missing.Fault.Kind == FaultKind.AlreadyDone)
        {
            return [];
        }
    }

    /// <summary>The text in effect, which IAM gives as an address has it; null where there is none.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<string?> DefaultAsync(IReadOnlyList<PolicyVersion> versions, CancellationToken cancellation)
    {
        if (versions.FirstOrDefault(version => version.IsDefaultVersion == true) is not { } current) return null;
        if (known is { } before && (before.Version, before.Made) == (current.VersionId, current.CreateDate)) return before.Text;
        var request = new GetPolicyVersionRequest { PolicyArn = arn, VersionId = current.VersionId };
        var answer = await caller.CallAsync(Service, "GetPolicyVersion", token => iam.GetPolicyVersionAsync(request, token), cancellation);
        if (answer.PolicyVersion?.Document is not { } document) return null;
        var text = Uri.UnescapeDataString(document);
        known = (current.VersionId, current.CreateDate, text);
        return text;
    }

    /// <summary>Why it denies nothing for sure; "" where it is as the stack made it.</summary>
    /// <param name="text">As it is compared: without whom Meter itself names in it. Null where there is no such policy.</param>
    public string WhyVoid(string? text) => text is null
        ? $"the policy {arn} is not there, and no deployment of the same template makes it again; make it with the text that the stack's template has: "
            + "aws iam create-policy --path /BudgetSync/"
        : PolicyDigest.Of(text) == digest ? ""
        : $"the policy {arn} is not as the stack made it: somebody gave it another version; make the stack's the default again: "
            + "aws iam set-default-policy-version";
}
