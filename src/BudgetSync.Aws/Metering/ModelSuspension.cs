using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Restrictions;
using BudgetSync.Core;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Metering;

/// <summary>IAM as budgets of models see it: what it says of principals, and the steps that take their use of models away and give it back.</summary>
/// <param name="digest">Of the policy as the stack made it.</param>
public sealed class ModelSuspension(
    IAmazonIdentityManagementService iam, AccountPrincipals principals, SuspendedPeople people, string digest, AwsCaller caller)
{
    /// <summary>The policy of the stack, below the path <c>/BudgetSync/</c>.</summary>
    public const string Policy = "SuspendModels";

    private const string Bedrock = "bedrock.amazonaws.com";

    private const string NoPermissions = "it has no permissions of its own in IAM";

    private const string NoSets = "the account has no permission sets of IAM Identity Center, so nobody signs in by one";

    private const string Gone = "its user is gone from IAM";

    private const string Exempt = "the policy of suspended models exempts it: one of the deployment's exemptRoles, or BudgetSync's or the organization's own";

    private readonly DenyPolicyText text = new(iam, principals.Arn(Policy), digest, caller);

    private const string NoSession = "no session of IAM Identity Center has such a name";

    /// <summary>What IAM says of the policies that suspend: whom they bind, and whether they are as the stack made them.</summary>
    /// <param name="isOfRoles">Whether a role is asked about: else the account's roles are not listed, unless one is bound.</param>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<SeenDenials> SeeAsync(bool isOfRoles, CancellationToken cancellation)
    {
        var attached = await principals.ListAttachedAsync(Policy, cancellation) ?? [];
        var bound = attached.Select(NameOf).ToImmutableHashSet(StringComparer.Ordinal);
        var document = await text.DefaultAsync(await text.VersionsAsync(cancellation), cancellation);
        // Also where the account has no permission set now: it may have had one, and may have one again.
        var (named, why) = await people.NamesAsync(cancellation);
        return new SeenDenials(bound.Union(named))
        {
            Void = text.WhyVoid(document),
            PeopleVoid = why,
            Exempt = isOfRoles || attached.Any(one => !one.IsUser) ? await ExemptAsync(ExemptArns.Of(document ?? ""), cancellation) : [],
        };
    }

    /// <summary>The condition is about paths and names together, and of who calls the name alone is known: so all roles are compared.</summary>
    private async Task<ImmutableHashSet<string>> ExemptAsync(ImmutableArray<ExemptArns> exempt, CancellationToken cancellation) => exempt.IsEmpty
        ? []
        : (await principals.ListRolesAsync(cancellation)).Where(role => exempt.Any(one => one.IsOf(role)))
            .Select(role => role.Name).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>The account's permission sets of IAM Identity Center; null where it has none.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public Task<PermissionSets?> SetsAsync(CancellationToken cancellation) => people.SetsAsync(cancellation);

    /// <summary>What IAM says of a principal.</summary>
    /// <param name="seen">As <see cref="SeeAsync"/> answered.</param>
    public async Task<AiAccess> AccessAsync(AiPrincipal principal, PermissionSets? sets, SeenDenials seen, CancellationToken cancellation)
    {
        var bound = seen.Bound.Contains(principal.Name);
        if (principal.Kind == AiPrincipalKind.Role && seen.Exempt.Contains(PrincipalOf(principal).Name)) return Unattachable(Exempt);
        if (principal.Kind is AiPrincipalKind.User or AiPrincipalKind.Role) return new AiAccess.Policy(bound) { Void = seen.Void };
        if (principal.Kind == AiPrincipalKind.Person)
        {
            if (sets is null) return Unattachable(NoSets);
            return PeoplePolicy.CanName(principal)
                ? new AiAccess.Person(bound) { Without = sets.Without, Void = seen.PeopleVoid }
                : Unattachable(NoSession);
        }

        if (principal.Kind != AiPrincipalKind.ApiKey) return Unattachable(NoPermissions);
        try
        {
            return await KeysAsync(principal.Name, cancellation) is { } keys
                ? new AiAccess.Keys([.. keys]) { Attached = bound, Void = seen.Void }
                : Unattachable(Gone);
        }
        catch (AwsFaultException unread)
        {
            return new AiAccess.Unread(unread.Message);
        }

        AiAccess.Unattachable Unattachable(string why) => new(why) { Bound = bound };
    }

    /// <summary>Which of these keys a user has that have not expired.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<ImmutableArray<AiKey>> ListedAsync(AiPrincipal user, EquatableSet<string> keys, CancellationToken cancellation) =>
        [.. (await KeysAsync(user.Name, cancellation) ?? []).Where(key => keys.Contains(key.Id))];

    /// <summary>Takes one step. Each may be repeated.</summary>
    /// <exception cref="AwsFaultException">IAM refused or failed.</exception>
    public async Task TakeAsync(AiStep step, CancellationToken cancellation)
    {
        switch (step)
        {
            case AiStep.SetPolicy(var principal, true):
                await principals.AttachAsync(Policy, PrincipalOf(principal), cancellation);
                break;
            case AiStep.SetPolicy(var principal, false):
                await principals.DetachAsync(Policy, PrincipalOf(principal), cancellation);
                break;
            case AiStep.SetKeys(var principal, var ids, var active):
                await SetAsync(principal.Name, ids, active ? StatusType.Active : StatusType.Inactive, cancellation);
                break;
            case AiStep.SetPeople(var denied):
                await people.NameAsync(denied, cancellation);
                break;
            default:
                throw new InvalidOperationException($"{step.GetType()} is no case of AiStep.");
        }
    }

    /// <summary>Null where the user is gone, and its keys with it.</summary>
    private async Task<IEnumerable<AiKey>?> KeysAsync(string user, CancellationToken cancellation)
    {
        try
        {
            var all = await Pages.ReadAsync(
                caller,
                "iam",
                "ListServiceSpecificCredentials",
                async (string? marker, CancellationToken token) =>
                {
                    var answer = await iam.ListServiceSpecificCredentialsAsync(
                        new ListServiceSpecificCredentialsRequest { UserName = user, ServiceName = Bedrock, Marker = marker }, token);
                    return (answer.ServiceSpecificCredentials, answer.IsTruncated == true ? answer.Marker : null);
                },
                cancellation);
            // What has expired calls nothing, and nothing gives it back.
            return all.Where(key => key.Status != StatusType.Expired)
                .Select(key => new AiKey(key.ServiceSpecificCredentialId, key.Status == StatusType.Active));
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            return null;
        }
    }

    /// <summary>All of them, whichever IAM refuses: then it throws.</summary>
    private async Task SetAsync(string user, EquatableSet<string> keys, StatusType status, CancellationToken cancellation)
    {
        AwsFaultException? first = null;
        foreach (var key in keys)
        {
            try
            {
                await SetAsync(user, key, status, cancellation);
            }
            catch (AwsFaultException refused)
            {
                first ??= refused;
            }
        }

        if (first is not null) throw new AwsFaultException(first.Fault, first);
    }

    private async Task SetAsync(string user, string key, StatusType status, CancellationToken cancellation)
    {
        var request = new UpdateServiceSpecificCredentialRequest { UserName = user, ServiceSpecificCredentialId = key, Status = status };
        try
        {
            await caller.CallAsync("iam", "UpdateServiceSpecificCredential", token => iam.UpdateServiceSpecificCredentialAsync(request, token), cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            // Somebody deleted the key.
        }
    }

    /// <summary>As records name a principal.</summary>
    private static string NameOf(Principal principal) =>
        (principal.IsUser ? AiPrincipal.OfUser(principal.Name) : AiPrincipal.OfRole(principal.Name)).Name;

    private static Principal PrincipalOf(AiPrincipal principal) =>
        new(principal.Kind != AiPrincipalKind.Role, principal.Name[(principal.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]);
}
