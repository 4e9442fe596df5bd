using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>A policy for people, a line for each budget: <c>role/DataScience: 50 USD in 30d, told at 70 and 90 %, suspended after 5m</c>.</summary>
public static class AiPolicyText
{
    public static IEnumerable<string> Lines(AiPolicy policy)
    {
        foreach (var (pattern, budget) in policy.Principals.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{Each("", pattern)}: {Of(budget, AiConsequence.OfPrincipals(pattern, budget))}";
        yield return $"{Others(policy)}: {Of(policy.Default, AiConsequence.OfDefault(policy.Default))}";
        foreach (var (name, pool) in policy.Pools.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{Pool(name, pool)}: {Of(pool.Budget, AiConsequence.OfPool(pool, policy))}";
        foreach (var (pattern, budget) in policy.Models.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{Each("model ", pattern)}: {Of(budget, follows: "")}";
        if (policy.AccountCap is { } cap) yield return $"{Account}: {Of(cap, AiConsequence.OfAccount(cap))}";
        if (policy.DiscountPercent > 0) yield return $"prices: {AiText.Number(policy.DiscountPercent)} % less than listed";
    }

    internal const string Account = "the account";

    internal static string Each(string kind, string pattern) => $"{(AiPattern.IsOpen(pattern) ? "each " : "")}{kind}{pattern}";

    internal static string Others(AiPolicy policy) => policy.Principals.IsEmpty ? "each principal" : "each other principal";

    internal static string Pool(string name, AiPool pool) => $"pool {name} ({string.Join(", ", pool.Members)})";

    /// <param name="follows">What does when the limit is reached; "" of what only ever tells.</param>
    internal static string Of(AiBudget budget, string follows) => string.Join(", ", Parts(budget, follows).Where(part => part.Length > 0));

    /// <summary>
    /// What of a budget changes, each before and after: <c>50 → 80 USD in 30d; never suspended → suspended after 5m</c>
    /// </summary>
    internal static string Between((AiBudget Budget, string Follows) was, (AiBudget Budget, string Follows) now)
    {
        string?[] parts =
        [
            was.Budget.Window != now.Budget.Window ? $"{Amount(was.Budget)} → {Amount(now.Budget)}"
                : was.Budget.Limit != now.Budget.Limit ? $"{AiText.Number(was.Budget.Limit)} → {Amount(now.Budget)}"
                : null,
            .. Parts(was.Budget, was.Follows).Zip(Parts(now.Budget, now.Follows)).Skip(1)
                .Select(part => part.First == part.Second ? null : $"{Said(part.First)} → {Said(part.Second)}"),
        ];
        var told = string.Join("; ", parts.OfType<string>());
        return told.Length > 0 ? told : $"grace {ResponseRule.Text(was.Budget.Grace)} → {ResponseRule.Text(now.Budget.Grace)}, from which nothing follows";

        static string Said(string part) => part.Length > 0 ? part : "not said";
    }

    /// <summary>Always as many, and "" of what it does not say.</summary>
    private static string[] Parts(AiBudget budget, string follows) =>
    [
        Amount(budget),
        budget.Rate?.ToString() ?? "",
        $"told at {AiText.Number(budget.Warn)} and {AiText.Number(budget.Critical)} %",
        follows,
        budget.Shared ? "a role too" : "",
    ];

    private static string Amount(AiBudget budget) => $"{AiText.Number(budget.Limit)} USD in {budget.Window}";
}
