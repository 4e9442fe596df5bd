using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>Whom of those that a pattern names a suspension can bind, as far as rows say it.</summary>
/// <param name="Never">Why none of them ever is; "" where some are.</param>
/// <param name="But">Of whom that is not true, or what it needs; "" where it is true of all.</param>
internal readonly record struct AiReach(string Never, string But)
{
    private const string NoRole = "but no role, which others may use: the row does not say Shared";

    private const string SomeRoles = "a role only where its own budget says Shared";

    private const string People = $"people only where all permission sets refer to {PeoplePolicy.Name}";

    /// <param name="pattern">As a row names principals: <c>role/DataScience</c>, <c>user/*</c>, <c>*</c>.</param>
    /// <param name="shared">What the budget of all of them says.</param>
    public static AiReach Of(string pattern, bool shared) => Of(pattern, shared, !shared);

    /// <summary>A member of a pool: whether a role may be suspended its own budget says, and no pool.</summary>
    public static AiReach OfMember(string member, AiPolicy policy)
    {
        if (!AiPattern.IsOpen(member)) return AiPrincipal.Parse(member) is { } one ? Of(member, policy.Of(one).Shared) : Of(member, shared: true);
        var budgets = policy.Principals.Where(entry => KindOf(entry.Key) is AiPrincipalKind.Role or null).Select(entry => entry.Value).Append(policy.Default);
        return Of(member, budgets.All(budget => budget.Shared), budgets.All(budget => !budget.Shared));
    }

    /// <summary>True where the own budget of somebody whom a pool's member names says CONFIRM.</summary>
    public static bool IsAsked(string member, AiPolicy policy)
    {
        if (!AiPattern.IsOpen(member)) return AiPrincipal.Parse(member) is { } one && policy.Of(one).Mode == ResponseMode.CONFIRM;
        var kind = KindOf(member);
        return policy.Principals.Where(entry => kind is null || KindOf(entry.Key) is null || KindOf(entry.Key) == kind)
            .Select(entry => entry.Value).Append(policy.Default).Any(budget => budget.Mode == ResponseMode.CONFIRM);
    }

    private static AiReach Of(string pattern, bool all, bool none) => (KindOf(pattern), all, none) switch
    {
        (AiPrincipalKind.Role, _, true) => new(AiDecision.WhyNever(AiPrincipalKind.Role, shared: false), ""),
        (AiPrincipalKind.Role, false, _) => new("", SomeRoles),
        (AiPrincipalKind.Person, _, _) => new("", People),
        (null, true, _) => new("", ""),
        (null, _, true) => new("", NoRole),
        (null, _, _) => new("", SomeRoles),
        ({ } kind, _, _) => new(AiDecision.WhyNever(kind, shared: true), ""),
    };

    /// <summary>What kind all are that a pattern matches; null where it matches all kinds.</summary>
    private static AiPrincipalKind? KindOf(string pattern) => pattern.StartsWith(Wildcard.Any) ? null : AiPrincipal.Parse(pattern)?.Kind;
}
