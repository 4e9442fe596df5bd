using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>What a policy says and does not do: valid, and hardly ever meant.</summary>
public static class AiWarnings
{
    /// <summary>
    /// A line for each, in the order of a policy: <c>Ai.Principals.root: says ARMED, yet never suspended: IAM does not bind an account's root</c>.
    /// </summary>
    public static IEnumerable<string> Of(AiPolicy policy) =>
        Budgets(policy).Where(one => one.Budget.Mode != ResponseMode.WATCH && AiConsequence.IsNever(one.Follows))
            .Select(one => $"Ai.{one.Attribute}: says {one.Budget.Mode}, yet {one.Follows}");

    private static IEnumerable<(string Attribute, AiBudget Budget, string Follows)> Budgets(AiPolicy policy)
    {
        yield return ("Default", policy.Default, AiConsequence.OfDefault(policy.Default));
        foreach (var (pattern, budget) in policy.Principals.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return ($"Principals.{pattern}", budget, AiConsequence.OfPrincipals(pattern, budget));
        foreach (var (name, pool) in policy.Pools.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return ($"Pools.{name}", pool.Budget, AiConsequence.OfPool(pool, policy));
        if (policy.AccountCap is { } cap) yield return ("AccountCap", cap, AiConsequence.OfAccount(cap));
    }
}
