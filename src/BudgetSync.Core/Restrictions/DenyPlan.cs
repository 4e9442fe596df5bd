using System.Collections.Immutable;

namespace BudgetSync.Core.Restrictions;

/// <summary>
/// What makes one policy bind whom the restrictions say, and nobody else. An attachment of our own policy is ours whoever made it: so drift is healed in both
/// directions, and undo is a plan without restrictions.
/// </summary>
public sealed record DenyPlan(string Policy, EquatableArray<Principal> Attach, EquatableArray<Principal> Detach)
{
    /// <summary>What could not be asked for, by the restriction's id: roles that are exempt, are not there or may be changed by AWS alone.</summary>
    public ImmutableDictionary<string, EquatableArray<string>> LeftAlone { get; init; } = ImmutableDictionary<string, EquatableArray<string>>.Empty;

    /// <summary>Whom it binds already, as it is to.</summary>
    public EquatableArray<Principal> Bound { get; init; } = [];

    /// <summary>The name of the policy of a deny, below the path of our policies: <c>DenyNew</c>, <c>DenyApis-critical</c>.</summary>
    /// <exception cref="ArgumentException">The kind denies nothing in a spoke.</exception>
    public static string PolicyOf(DesiredRestriction restriction) => restriction.Kind switch
    {
        RestrictionKind.DENY_NEW => "DenyNew",
        RestrictionKind.DENY_AI => "DenyAi",
        RestrictionKind.DENY_APIS => $"DenyApis-{restriction.Policy}",
        _ => throw new ArgumentException($"{restriction.Kind} is not done by a policy in a spoke.", nameof(restriction)),
    };

    /// <param name="restrictions">Those of this policy that hold now; none lifts it.</param>
    /// <param name="all">Every role and user of the account.</param>
    /// <param name="attached">Those that have the policy.</param>
    /// <param name="exempt">Patterns of role names beside <see cref="ExemptRoles.Always"/>.</param>
    public static DenyPlan Of(
        string policy,
        IReadOnlyCollection<DesiredRestriction> restrictions,
        IReadOnlyCollection<Principal> all,
        IReadOnlyCollection<Principal> attached,
        IReadOnlyCollection<string> exempt)
    {
        var bound = new HashSet<Principal>();
        var leftAlone = ImmutableDictionary.CreateBuilder<string, EquatableArray<string>>(StringComparer.Ordinal);
        foreach (var restriction in restrictions)
        {
            var asked = all.Where(principal => Asks(restriction, principal)).ToList();
            bound.UnionWith(asked.Where(principal => !principal.IsOfService && !principal.IsUnmodifiable && !ExemptRoles.Contain(principal, exempt)));
            if (Reasons(restriction, asked, exempt).ToImmutableArray() is { IsEmpty: false } reasons) leftAlone[restriction.Id] = reasons;
        }

        // By kind and name, which are unique; what IAM says of an attachment has no path.
        var wanted = bound.ToDictionary(Key);
        var present = attached.ToDictionary(Key);
        return new DenyPlan(
            policy,
            [.. wanted.Where(entry => !present.ContainsKey(entry.Key)).Select(entry => entry.Value).OrderBy(InOrder, StringComparer.Ordinal)],
            [.. present.Where(entry => !wanted.ContainsKey(entry.Key)).Select(entry => entry.Value).OrderBy(InOrder, StringComparer.Ordinal)])
        {
            LeftAlone = leftAlone.ToImmutable(),
            Bound = [.. wanted.Where(entry => present.ContainsKey(entry.Key)).Select(entry => entry.Value).OrderBy(InOrder, StringComparer.Ordinal)],
        };
    }

    private static (bool IsUser, string Name) Key(Principal principal) => (principal.IsUser, principal.Name.ToUpperInvariant());

    private static string InOrder(Principal principal) => principal.Resource;

    private static bool Asks(DesiredRestriction restriction, Principal principal) => restriction.Binds.IsEmpty
        ? !Names(restriction.Except, principal)
        : Names(restriction.Binds, principal);

    private static bool Names(PrincipalNames names, Principal principal) =>
        (principal.IsUser ? names.Users : names.Roles).Contains(principal.Name, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Reasons(DesiredRestriction restriction, List<Principal> asked, IReadOnlyCollection<string> exempt)
    {
        var unmodifiable = asked.Where(principal => principal.IsUnmodifiable).ToList();
        if (unmodifiable.Count > 0)
            yield return $"{unmodifiable.Count} roles are changed by AWS alone ({unmodifiable[0].Name} is one), so no policy of the account binds them; "
                + "a policy of the organization does";
        if (restriction.Binds.IsEmpty) yield break;
        foreach (var named in asked.Where(principal => ExemptRoles.Contain(principal, exempt)))
            yield return $"the role {named.Name} is exempt from every restriction and is not bound; leave it out of Roles";
        var known = asked.Select(Key).ToHashSet();
        foreach (var role in restriction.Binds.Roles.Where(name => !known.Contains((false, name.ToUpperInvariant()))))
            yield return $"the role {role} is not in the account, so it is not bound";
        foreach (var user in restriction.Binds.Users.Where(name => !known.Contains((true, name.ToUpperInvariant()))))
            yield return $"the user {user} is not in the account, so it is not bound";
    }
}
