using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>A policy for people, a line for each budget: <c>role/DataScience: 50 USD in 30d, told at 70 and 90 %, suspended after 5m</c>.</summary>
public static class AiPolicyText
{
    public static IEnumerable<string> Lines(AiPolicy policy)
    {
        foreach (var (pattern, budget) in policy.Principals.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{(pattern.Contains(Wildcard.Any, StringComparison.Ordinal) ? "each " : "")}{pattern}: {Of(budget, acts: true)}";
        yield return $"{(policy.Principals.IsEmpty ? "each principal" : "each other principal")}: {Of(policy.Default, acts: true)}";
        foreach (var (name, pool) in policy.Pools.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"pool {name} ({string.Join(", ", pool.Members)}): {Of(pool.Budget, acts: true)}";
        foreach (var (pattern, budget) in policy.Models.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{(pattern.Contains(Wildcard.Any, StringComparison.Ordinal) ? "each " : "")}model {pattern}: {Of(budget, acts: false)}";
        if (policy.AccountCap is { } cap) yield return $"the account: {Of(cap, acts: true)}";
        if (policy.DiscountPercent > 0) yield return $"prices: {AiText.Number(policy.DiscountPercent)} % less than listed";
    }

    /// <param name="acts">False of what only ever tells.</param>
    private static string Of(AiBudget budget, bool acts) =>
        $"{AiText.Number(budget.Limit)} USD in {budget.Window}"
            + (budget.Rate is { } rate ? $", {rate}" : "")
            + $", told at {AiText.Number(budget.Warn)} and {AiText.Number(budget.Critical)} %"
            + (acts ? $", {Mode(budget)}" : "")
            + (budget.Shared ? ", a role too" : "");

    private static string Mode(AiBudget budget) => budget.Mode switch
    {
        ResponseMode.WATCH => "never suspended",
        ResponseMode.CONFIRM => "suspended when a person approves it",
        ResponseMode.ARMED => $"suspended after {ResponseRule.Text(budget.Grace)}",
        _ => throw new InvalidOperationException($"{budget.Mode} is no mode."),
    };
}
