using System.Collections.Immutable;
using System.Globalization;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core.Ai;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// The stack's policy that names suspended people of IAM Identity Center. The roles of permission sets are AWS's own to change (<c>UnmodifiableEntity</c>), so
/// the organization has its permission sets refer to this policy, and what is changed here is its default version.
/// </summary>
public sealed class SuspendedPeople(IAmazonIdentityManagementService iam, AccountPrincipals principals, AwsCaller caller)
{
    private const string Service = "iam";

    private readonly string arn = principals.Arn(PeoplePolicy.Name);

    /// <summary>The permission sets that the account has; null where it has none.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<PermissionSets?> SetsAsync(CancellationToken cancellation)
    {
        var roles = await principals.ListReservedAsync(cancellation);
        var all = roles.Where(role => PermissionSets.NameOf(role) is not null).ToImmutableSortedSet(StringComparer.Ordinal);
        if (all.IsEmpty) return null;
        var with = (await principals.ListAttachedAsync(PeoplePolicy.Name, cancellation) ?? []).Select(principal => principal.Name);
        return new PermissionSets(all.Count, [.. all.Except(with).Select(PermissionSets.NameOf).OfType<string>().Take(PermissionSets.MostNamed)]);
    }

    /// <summary>Whom it names; nobody where there is no such policy, or not as the stack made it.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<ImmutableSortedSet<string>> NamesAsync(CancellationToken cancellation) =>
        await DefaultAsync(await VersionsAsync(cancellation), cancellation) is { } text && PeoplePolicy.Names(text) is { } names ? names.Items : [];

    /// <summary>Has it name these people and no others.</summary>
    /// <exception cref="AwsFaultException">IAM refused or failed, or the policy is not as the stack made it.</exception>
    public async Task NameAsync(IEnumerable<string> people, CancellationToken cancellation)
    {
        var versions = await VersionsAsync(cancellation);
        if (await DefaultAsync(versions, cancellation) is not { } text || PeoplePolicy.With(text, people) is not { } document)
        {
            var why = $"{arn} is not there, or not as the stack made it; deploy the stack again";
            throw new AwsFaultException(
                new AwsFault(FaultKind.Rejected, "MalformedPolicyDocument", Service, "CreatePolicyVersion", why, Known: true),
                new InvalidOperationException(why));
        }

        // IAM keeps five. Those that are not in effect are of no use to anybody: the oldest goes.
        if (versions.Count >= Limits.PolicyVersions)
        {
            var oldest = versions.Where(version => version.IsDefaultVersion != true).OrderBy(Number).First();
            await DeleteAsync(oldest.VersionId, cancellation);
        }

        var request = new CreatePolicyVersionRequest { PolicyArn = arn, PolicyDocument = document, SetAsDefault = true };
        await caller.CallAsync(Service, "CreatePolicyVersion", token => iam.CreatePolicyVersionAsync(request, token), cancellation);
    }

    private async Task DeleteAsync(string version, CancellationToken cancellation)
    {
        var request = new DeletePolicyVersionRequest { PolicyArn = arn, VersionId = version };
        try
        {
            await caller.CallAsync(Service, "DeletePolicyVersion", token => iam.DeletePolicyVersionAsync(request, token), cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            // Another Meter needed the room too.
        }
    }

    private static int Number(PolicyVersion version) =>
        int.TryParse(version.VersionId.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private async Task<IReadOnlyList<PolicyVersion>> VersionsAsync(CancellationToken cancellation)
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
    private async Task<string?> DefaultAsync(IReadOnlyList<PolicyVersion> versions, CancellationToken cancellation)
    {
        if (versions.FirstOrDefault(version => version.IsDefaultVersion == true) is not { } current) return null;
        var request = new GetPolicyVersionRequest { PolicyArn = arn, VersionId = current.VersionId };
        var answer = await caller.CallAsync(Service, "GetPolicyVersion", token => iam.GetPolicyVersionAsync(request, token), cancellation);
        return answer.PolicyVersion?.Document is { } document ? Uri.UnescapeDataString(document) : null;
    }
}
