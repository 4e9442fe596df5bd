using System.Collections.Immutable;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Restrictions;

/// <summary>IAM of the spoke's own account: who is there, whom a policy of ours is attached to, and attaching it.</summary>
public sealed class AccountPrincipals(IAmazonIdentityManagementService iam, AccountId account, string partition, AwsCaller caller)
{
    private const string Service = "iam";

    /// <summary>Below this path stand the roles that IAM Identity Center makes for permission sets.</summary>
    private const string Reserved = "/aws-reserved/sso.amazonaws.com/";

    public async Task<ImmutableArray<Principal>> ListAsync(CancellationToken cancellation)
    {
        var roles = await ListRolesAsync(cancellation);
        var users = await Pages.ReadAsync(
            caller,
            Service,
            "ListUsers",
            async (string? marker, CancellationToken token) =>
            {
                var answer = await iam.ListUsersAsync(new ListUsersRequest { Marker = marker, MaxItems = Limits.PrincipalsPage }, token);
                return (answer.Users, answer.IsTruncated == true ? answer.Marker : null);
            },
            cancellation);
        return
        [
            .. roles,
            .. users.Select(user => new Principal(true, user.UserName, user.Path ?? "/") { Id = user.UserId ?? "" }),
        ];
    }

    /// <summary>The names of the roles of IAM Identity Center.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<ImmutableArray<string>> ListReservedAsync(CancellationToken cancellation) =>
        [.. (await RolesAsync(Reserved, cancellation)).Select(role => role.RoleName)];

    /// <summary>All roles, with their paths.</summary>
    /// <exception cref="AwsFaultException">IAM failed.</exception>
    public async Task<ImmutableArray<Principal>> ListRolesAsync(CancellationToken cancellation) =>
        [.. (await RolesAsync(null, cancellation)).Select(role => new Principal(false, role.RoleName, role.Path ?? "/") { Id = role.RoleId ?? "" })];

    /// <summary>Whom a policy is attached to, without their paths; null where there is no such policy.</summary>
    public async Task<ImmutableArray<Principal>?> ListAttachedAsync(string policy, CancellationToken cancellation)
    {
        try
        {
            var entities = await Pages.ReadAsync(
                caller,
                Service,
                "ListEntitiesForPolicy",
                async (string? marker, CancellationToken token) =>
                {
                    var answer = await iam.ListEntitiesForPolicyAsync(
                        new ListEntitiesForPolicyRequest { PolicyArn = Arn(policy), Marker = marker, MaxItems = Limits.PrincipalsPage }, token);
                    List<Principal> page =
                    [
                        .. (answer.PolicyRoles ?? []).Select(role => new Principal(false, role.RoleName) { Id = role.RoleId ?? "" }),
                        .. (answer.PolicyUsers ?? []).Select(user => new Principal(true, user.UserName) { Id = user.UserId ?? "" }),
                    ];
                    return (page, answer.IsTruncated == true ? answer.Marker : null);
                },
                cancellation);
            return entities.ToImmutableArray();
        }
        catch (AwsFaultException missing) when (missing.Fault.Kind == FaultKind.AlreadyDone)
        {
            return null;
        }
    }

    public Task AttachAsync(string policy, Principal principal, CancellationToken cancellation) => principal.IsUser
        ? CallAsync(
            "AttachUserPolicy",
            token => iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = principal.Name, PolicyArn = Arn(policy) }, token),
            cancellation)
        : CallAsync(
            "AttachRolePolicy",
            token => iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = principal.Name, PolicyArn = Arn(policy) }, token),
            cancellation);

    public async Task DetachAsync(string policy, Principal principal, CancellationToken cancellation)
    {
        try
        {
            if (principal.IsUser)
                await CallAsync(
                    "DetachUserPolicy",
                    token => iam.DetachUserPolicyAsync(new DetachUserPolicyRequest { UserName = principal.Name, PolicyArn = Arn(policy) }, token),
                    cancellation);
            else
                await CallAsync(
                    "DetachRolePolicy",
                    token => iam.DetachRolePolicyAsync(new DetachRolePolicyRequest { RoleName = principal.Name, PolicyArn = Arn(policy) }, token),
                    cancellation);
        }
        catch (AwsFaultException gone) when (gone.Fault.Kind == FaultKind.AlreadyDone)
        {
            // The role is gone, or somebody else has detached it.
        }
    }

    /// <summary>The ARN of a role or user as reports name it.</summary>
    public string Arn(Principal principal) => $"arn:{partition}:iam::{account}:{principal.Resource}";

    /// <param name="policy">Its name, below the path <c>/BudgetSync/</c>.</param>
    public string Arn(string policy) => $"arn:{partition}:iam::{account}:policy/BudgetSync/{policy}";

    private Task<IReadOnlyList<Role>> RolesAsync(string? path, CancellationToken cancellation) => Pages.ReadAsync(
        caller,
        Service,
        "ListRoles",
        async (string? marker, CancellationToken token) =>
        {
            var answer = await iam.ListRolesAsync(new ListRolesRequest { PathPrefix = path, Marker = marker, MaxItems = Limits.PrincipalsPage }, token);
            return (answer.Roles, answer.IsTruncated == true ? answer.Marker : null);
        },
        cancellation);

    private Task<T> CallAsync<T>(string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancellation) =>
        caller.CallAsync(Service, operation, call, cancellation);
}
