using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>To whom a suspension would attach the deny policy, in order of name: those that have called, and those that a row names.</summary>
public static class AiAttachable
{
    public static ImmutableArray<AiPrincipal> Of(AiFacts facts)
    {
        var policy = facts.Policy;
        var named = policy.Principals.Keys.Concat(policy.Pools.Values.SelectMany(pool => pool.Members)).Where(name => !AiPattern.IsOpen(name));
        return
        [
            .. facts.Access.Keys.Concat(named).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(AiPrincipal.Parse).OfType<AiPrincipal>().Where(principal => IsMeant(policy, principal) && CanBe(policy, principal, facts)),
        ];
    }

    private static bool IsMeant(AiPolicy policy, AiPrincipal principal) =>
        policy.Of(principal).Mode != ResponseMode.WATCH || policy.Pools.Values.Any(pool => pool.Budget.Mode != ResponseMode.WATCH && pool.Has(principal));

    private static bool CanBe(AiPolicy policy, AiPrincipal principal, AiFacts facts) =>
        principal.Kind is AiPrincipalKind.User or AiPrincipalKind.Role or AiPrincipalKind.ApiKey
        && AiDecision.WhyNever(principal.Kind, policy.Of(principal).Shared).Length == 0
        // Who has it is not refused it.
        && facts.Access.GetValueOrDefault(principal.Name) is null or AiAccess.Policy(false) or AiAccess.Keys { Attached: false };
}
