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
/// <param name="digest">Of the policy as the stack made it.</param>
public sealed class SuspendedPeople(IAmazonIdentityManagementService iam, AccountPrincipals principals, string digest, AwsCaller caller)
{
    private const string Service = "iam";

    private readonly string arn = principals.Arn(PeoplePolicy.Name);

    private readonly DenyPolicyText text = new(iam, principals.Arn(PeoplePolicy.Name), digest, caller);

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

    /// <summary>Whom it names, nobody where there is no such policy; and why that denies them nothing for sure, "" where it does.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<(ImmutableSortedSet<string> Names, string Void)> NamesAsync(CancellationToken cancellation)
    {
        var document = await text.DefaultAsync(await text.VersionsAsync(cancellation), cancellation);
        var names = document is not null && PeoplePolicy.Names(document) is { } named ? named.Items : [];
        return (names, text.WhyVoid(document is null ? null : PeoplePolicy.Unnamed(document)));
    }

    /// <summary>Has it name these people and no others.</summary>
    /// <exception cref="AwsFaultException">IAM refused or failed, or the policy is not as the stack made it.</exception>
    public async Task NameAsync(IEnumerable<string> people, CancellationToken cancellation)
    {
        var versions = await text.VersionsAsync(cancellation);
        if (await text.DefaultAsync(versions, cancellation) is not { } before || PeoplePolicy.With(before, people) is not { } document)
        {
            var why = $"{arn} is not there, or not as the stack made it; give it the text that the stack's template has: "
                + "aws iam create-policy-version --set-as-default, or create-policy --path /BudgetSync/";
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
}
