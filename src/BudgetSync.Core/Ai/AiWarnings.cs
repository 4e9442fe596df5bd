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
            .Select(one => $"Ai.{one.Attribute}: says {one.Budget.Mode}, yet {one.Follows}")
            .Concat(Unpriced(policy));

    /// <summary>Models of which the list that is in the program has no price: calls without a price are in no amount.</summary>
    private static IEnumerable<string> Unpriced(AiPolicy policy) => policy.Models
        .Where(entry => !PriceList.BuiltIn.Entries.Any(price => AiPattern.Matches(entry.Key, price.Model)))
        .Select(entry => entry.Key)
        .Order(StringComparer.Ordinal)
        .Select(pattern => $"Ai.Models.{pattern}: no price in the list for any model of this pattern, so its limit is never reached; 'budgetsync ai prices' "
            + "shows which there are, 'budgetsync ai prices refresh' adds some, and a Rate of principals needs none");

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
