using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <content>Customers' managed policies, and the roles and users they are attached to.</content>
public sealed partial class IamService
{
    /// <summary>
    /// Creates a customer's managed policy, or gives it another default version as CloudFormation does, the oldest other one deleted where there are five.
    /// What it is attached to takes it up at once.
    /// </summary>
    /// <returns>Its ARN.</returns>
    /// <exception cref="AwsException">LimitExceeded: it is longer than IAM lets it be.</exception>
    public string PutManagedPolicy(string accountId, string name, PolicyDocument policy, string path = "/")
    {
        RequireSize(policy);
        lock (attaching)
        {
            var arn = ManagedPolicy.ArnOf(accountId, path, name);
            var known = managed.GetValueOrDefault(arn) ?? new ManagedPolicy(accountId, path, name, []);
            if (known.Versions.Length >= AwsLimits.Iam.PolicyVersions)
                known = known with { Versions = known.Versions.Remove(known.Versions.First(version => !version.IsDefault)) };
            Keep(known.With(policy, isDefault: true, cloud.Time.GetUtcNow()));
            return arn;
        }
    }

    /// <summary>Deletes a customer's managed policy.</summary>
    /// <exception cref="AwsException">DeleteConflict while it is attached to anything, or has other versions than its default one.</exception>
    /// <param name="versions">True: its other versions go with it, as CloudFormation has it.</param>
    public void DeleteManagedPolicy(string arn, bool versions = false)
    {
        lock (attaching)
        {
            if (RolesWith(arn).Any() || UsersWith(arn).Any()) throw new AwsException("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
            if (managed.GetValueOrDefault(arn) is { Versions.Length: > 1 } && !versions)
            {
                throw new AwsException(
                    "DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions.", 409);
            }

            managed.TryRemove(arn, out _);
        }
    }

    /// <summary>Managed policies that a role or user may have: AWS raises it to 20 where an account asks for it.</summary>
    public int PoliciesPerEntity { get; set; } = AwsLimits.Iam.PoliciesPerEntity;

    internal bool HasManagedPolicy(string arn) => managed.ContainsKey(arn);

    /// <summary>Whether an account has a policy of that name, under any path: names are unique without their paths.</summary>
    internal bool HasManagedPolicy(string accountId, string name) =>
        managed.Values.Any(policy => policy.AccountId == accountId && string.Equals(policy.Name, name, StringComparison.OrdinalIgnoreCase));

    internal IEnumerable<Role> RolesWith(string policyArn) => Roles.Where(role => role.Definition.ManagedPolicyArns.Contains(policyArn));

    internal IEnumerable<User> UsersWith(string policyArn) => Users.Where(user => user.ManagedPolicyArns.Contains(policyArn));

    internal void AttachToRole(string accountId, string name, string policyArn)
    {
        lock (attaching)
        {
            var role = Changeable(RequireRole(accountId, name));
            if (With(role.Definition.ManagedPolicyArns, policyArn, "PoliciesPerRole") is { } arns)
                PutRole(accountId, role.Definition with { ManagedPolicyArns = arns });
        }
    }

    internal void DetachFromRole(string accountId, string name, string policyArn)
    {
        lock (attaching)
        {
            var role = Changeable(RequireRole(accountId, name));
            PutRole(accountId, role.Definition with { ManagedPolicyArns = Without(role.Definition.ManagedPolicyArns, policyArn) });
        }
    }

    internal void AttachToUser(string accountId, string name, string policyArn)
    {
        lock (attaching)
        {
            var user = RequireUser(accountId, name);
            if (With(user.ManagedPolicyArns, policyArn, "PoliciesPerUser") is { } arns) Put(user, arns);
        }
    }

    internal void DetachFromUser(string accountId, string name, string policyArn)
    {
        lock (attaching)
        {
            var user = RequireUser(accountId, name);
            Put(user, Without(user.ManagedPolicyArns, policyArn));
        }
    }

    private Role RequireRole(string accountId, string name) =>
        FindRole(accountId, name) ?? throw new AwsException("NoSuchEntity", $"The role with name {name} cannot be found.", 404);

    private User RequireUser(string accountId, string name) =>
        FindUser(accountId, name) ?? throw new AwsException("NoSuchEntity", $"The user with name {name} cannot be found.", 404);

    /// <summary>Roles of IAM Identity Center and of AWS's services are AWS's own to change (IAM user guide, "Using service-linked roles").</summary>
    private static Role Changeable(Role role)
    {
        if (!role.Definition.Path.StartsWith("/aws-reserved/", StringComparison.Ordinal)
            && !role.Definition.Path.StartsWith("/aws-service-role/", StringComparison.Ordinal)) return role;
        throw new AwsException(
            "UnmodifiableEntity",
            $"Cannot perform the operation on the protected role '{role.Definition.Name}' - this role is only modifiable by AWS",
            400);
    }

    /// <summary>The list with one more; null where it has it already, which is no error (API reference, AttachRolePolicy).</summary>
    private ImmutableArray<string>? With(ImmutableArray<string> arns, string policyArn, string quota)
    {
        PolicyOf(policyArn);
        if (arns.Contains(policyArn)) return null;
        return arns.Length < PoliciesPerEntity
            ? arns.Add(policyArn)
            : throw new AwsException("LimitExceeded", $"Cannot exceed quota for {quota}: {PoliciesPerEntity}", 409);
    }

    private static ImmutableArray<string> Without(ImmutableArray<string> arns, string policyArn) =>
        arns.Contains(policyArn) ? arns.Remove(policyArn) : throw new AwsException("NoSuchEntity", $"Policy {policyArn} was not found.", 404);
}
