using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Iam;

/// <summary>
/// The roles and users of all accounts, and the judge of every call that they make. People (an account's administrator) may do anything in their own account;
/// what belongs to another account needs that resource's policy too.
/// </summary>
public sealed partial class IamService
{
    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<(string AccountId, string Name), Role> roles = new();
    private readonly ConcurrentDictionary<(string AccountId, string Name), User> users = new();
    private readonly ConcurrentDictionary<string, ManagedPolicy> managed = new(StringComparer.Ordinal);
    private readonly Lock attaching = new();
    private readonly ConcurrentDictionary<ExercisedPermission, byte> exercised = new();
    private readonly Dictionary<string, Func<string, PolicyDocument?>> resourcePolicies = new(StringComparer.Ordinal);
    private long nextRole;

    internal IamService(LocalCloud cloud)
    {
        this.cloud = cloud;
        cloud.IamGate = Authorize;
    }

    /// <summary>
    /// The organization an account belongs to, or null: what <c>aws:PrincipalOrgID</c> and <c>aws:ResourceOrgID</c> compare. By default every account belongs
    /// to the cloud's one, except those that left it.
    /// </summary>
    public Func<string, string?>? OrganizationOf { get; set; }

    /// <summary>A service control policy: true refuses the call, whatever else allows it. The management account's calls are never asked about.</summary>
    public Func<AwsCall, IamRequest, bool>? ServiceControl { get; set; }

    /// <summary>Every action that a role asked for and was allowed, once each.</summary>
    public IReadOnlyCollection<ExercisedPermission> Exercised => [.. exercised.Keys];

    public IReadOnlyCollection<Role> Roles => [.. roles.Values.OrderBy(role => role.Arn, StringComparer.Ordinal)];

    /// <summary>Creates a role, or replaces the definition of the one that exists (which keeps its unique id).</summary>
    /// <exception cref="AwsException">NoSuchEntity for a managed policy that is not there.</exception>
    public Role PutRole(string accountId, RoleDefinition definition)
    {
        var identity = definition.Inline.OrderBy(policy => policy.Key, StringComparer.Ordinal).Select(policy => policy.Value)
            .Concat(definition.ManagedPolicyArns.Select(PolicyOf))
            .ToImmutableArray();
        return roles.AddOrUpdate(
            (accountId, definition.Name),
            _ => new Role(accountId, $"AROA{Interlocked.Increment(ref nextRole):D17}", definition, identity) { Created = cloud.Time.GetUtcNow() },
            (_, old) => old with { Definition = definition, Identity = identity });
    }

    /// <summary>Deletes a role; its sessions can do nothing from now on.</summary>
    public void DeleteRole(string accountId, string name) => roles.TryRemove((accountId, name), out _);

    public Role? FindRole(string accountId, string name) => roles.GetValueOrDefault((accountId, name));

    /// <summary>The role with this ARN, its path included; null where there is none.</summary>
    public Role? FindRole(string arn)
    {
        if (!Arn.TryParse(arn, out var parts)) return null;
        var role = FindRole(parts.AccountId, parts.Resource[(parts.Resource.LastIndexOf('/') + 1)..]);
        return role?.Arn == arn ? role : null;
    }

    /// <summary>Says how to find the policies of a service's resources by ARN: queues, buses, functions, topics.</summary>
    internal void AddResourcePolicies(string service, Func<string, PolicyDocument?> find) => resourcePolicies.Add(service, find);

    /// <summary>What the caller's own policies say: everything for an account's administrator, nothing for a role that is gone.</summary>
    private Verdict Own(Caller caller, IamRequest request, RequestContext context)
    {
        if (caller.IsRoot) return Verdict.Allowed;
        var policies = FindRole(caller.PrincipalArn)?.Identity ?? FindUser(caller.PrincipalArn)?.Identity;
        return policies is { } known ? Evaluation.Identity(known, request.Action, request.Resource, context) : Verdict.Silent;
    }

    private void Remember(Caller caller, IamRequest request)
    {
        if (caller.IsRoot) return;
        var permission = new ExercisedPermission(caller.PrincipalArn, request.Action, request.Resource);
        // Nearly always it is there: looking takes no lock, adding does.
        if (!exercised.ContainsKey(permission)) exercised.TryAdd(permission, 0);
    }

    private PolicyDocument PolicyOf(string arn) => managed.GetValueOrDefault(arn)?.Document ?? ManagedPolicies.Find(arn)
        ?? throw new AwsException(
            "NoSuchEntity",
            $"Policy {arn} does not exist or is not attachable; put it with PutManagedPolicy, or name one that LocalAws knows: "
                + $"{string.Join(", ", ManagedPolicies.Names)}.",
            404);
}
