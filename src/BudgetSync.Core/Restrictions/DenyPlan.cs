using System.Collections.Immutable;

namespace BudgetSync.Core.Restrictions;

/// <summary>
/// What makes one policy bind whom the restrictions say, and takes it from whom we attached it to and no restriction means any more: so drift is healed, and
/// undo is a plan without restrictions. What a person attached stays.
/// </summary>
public sealed record DenyPlan(string Policy, EquatableArray<Principal> Attach, EquatableArray<Principal> Detach)
{
    /// <summary>What could not be asked for, by the restriction's id: roles that are exempt, are not there or may be changed by AWS alone.</summary>
    public ImmutableDictionary<string, EquatableArray<string>> LeftAlone { get; init; } = ImmutableDictionary<string, EquatableArray<string>>.Empty;

    /// <summary>Whom it binds already, as it is to, and by our own attachment.</summary>
    public EquatableArray<Principal> Bound { get; init; } = [];

    /// <summary>Whom somebody else attached it to, whether or not a restriction means them: theirs to take away.</summary>
    public EquatableArray<Principal> Foreign { get; init; } = [];

    /// <summary>Those of <see cref="Foreign"/> that may be ours: nothing says any more whose they are.</summary>
    public EquatableArray<Principal> Unknown { get; init; } = [];

    /// <summary>The name of the policy of a deny, below the path of our policies: <c>DenyNew</c>, <c>DenyApis-critical</c>.</summary>
    /// <exception cref="ArgumentException">The kind denies nothing in a spoke.</exception>
    public static string PolicyOf(DesiredRestriction restriction) => PolicyOf(restriction.Kind, restriction.Policy);

    /// <summary>Whether a spoke does this restriction by that policy.</summary>
    public static bool IsBy(DesiredRestriction restriction, string policy) =>
        restriction.Kind.IsOfSpoke() && restriction.Kind.IsDeny() && PolicyOf(restriction) == policy;

    /// <summary>Whether a spoke does what this response asks for by that policy.</summary>
    public static bool IsBy(ResponseRule rule, string policy) =>
        !rule.IsOfOrganization && rule.Do.IsOfSpoke() && rule.Do.IsDeny() && PolicyOf(rule.Do, rule.Policy) == policy;

    /// <param name="restrictions">Those of this policy that hold now; none lifts it.</param>
    /// <param name="all">Every role and user of the account.</param>
    /// <param name="attached">Those that have the policy.</param>
    /// <param name="exempt">Patterns of role names beside <see cref="ExemptRoles.Always"/>.</param>
    /// <param name="journal">What of that we attached ourselves.</param>
    public static DenyPlan Of(
        string policy,
        IReadOnlyCollection<DesiredRestriction> restrictions,
        IReadOnlyCollection<Principal> all,
        IReadOnlyCollection<Principal> attached,
        IReadOnlyCollection<string> exempt,
        OwnJournal journal)
    {
        var bound = new HashSet<Principal>();
        var leftAlone = ImmutableDictionary.CreateBuilder<string, EquatableArray<string>>(StringComparer.Ordinal);
        foreach (var restriction in restrictions)
        {
            var asked = all.Where(restriction.Asks).ToList();
            bound.UnionWith(asked.Where(principal => IsBindable(principal, exempt)));
            if (Reasons(restriction, asked, exempt).ToImmutableArray() is { IsEmpty: false } reasons) leftAlone[restriction.Id] = reasons;
        }

        // By kind and name, which are unique; what IAM says of an attachment has no path.
        var wanted = bound.ToDictionary(Key);
        var present = attached.Select(Key).ToHashSet();
        var ours = attached.ToLookup(principal => journal.IsOurs(policy, principal));
        return new DenyPlan(
            policy,
            Sorted(wanted.Where(entry => !present.Contains(entry.Key)).Select(entry => entry.Value)),
            Sorted(ours[true].Where(principal => !wanted.ContainsKey(Key(principal)))))
        {
            LeftAlone = leftAlone.ToImmutable(),
            Bound = Sorted(ours[true].Where(principal => wanted.ContainsKey(Key(principal))).Select(principal => wanted[Key(principal)])),
            Foreign = Sorted(ours[false]),
            Unknown = Sorted(ours[false].Where(principal => journal.IsUnknown(policy, principal))),
        };
    }

    private static string PolicyOf(RestrictionKind kind, string? policy) => kind switch
    {
        RestrictionKind.DENY_NEW => "DenyNew",
        RestrictionKind.DENY_AI => "DenyAi",
        RestrictionKind.DENY_APIS => $"DenyApis-{policy}",
        _ => throw new ArgumentException($"{kind} is not done by a policy in a spoke.", nameof(kind)),
    };

    private static EquatableArray<Principal> Sorted(IEnumerable<Principal> principals) =>
        [.. principals.OrderBy(principal => principal.Resource, StringComparer.Ordinal)];

    private static (bool IsUser, string Name) Key(Principal principal) => (principal.IsUser, principal.Name.ToUpperInvariant());

    /// <summary>Whether a policy of the account may be attached to it.</summary>
    /// <param name="exempt">As of <see cref="Of"/>.</param>
    public static bool IsBindable(Principal principal, IReadOnlyCollection<string> exempt) =>
        !principal.IsOfService && !principal.IsUnmodifiable && !ExemptRoles.Contain(principal, exempt);

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
