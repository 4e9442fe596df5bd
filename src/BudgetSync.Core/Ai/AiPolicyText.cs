using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>A policy for people, a line for each budget: <c>role/DataScience: 50 USD in 30d, told at 70 and 90 %, suspended after 5m</c>.</summary>
public static class AiPolicyText
{
    public static IEnumerable<string> Lines(AiPolicy policy)
    {
        foreach (var (pattern, budget) in policy.Principals.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{Each("", pattern)}: {Of(budget, acts: true)}";
        yield return $"{Others(policy)}: {Of(policy.Default, acts: true)}";
        foreach (var (name, pool) in policy.Pools.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{Pool(name, pool)}: {Of(pool.Budget, acts: true)}";
        foreach (var (pattern, budget) in policy.Models.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{Each("model ", pattern)}: {Of(budget, acts: false)}";
        if (policy.AccountCap is { } cap) yield return $"{Account}: {Of(cap, acts: true)}";
        if (policy.DiscountPercent > 0) yield return $"prices: {AiText.Number(policy.DiscountPercent)} % less than listed";
    }

    internal const string Account = "the account";

    internal static string Each(string kind, string pattern) => $"{(AiPattern.IsOpen(pattern) ? "each " : "")}{kind}{pattern}";

    internal static string Others(AiPolicy policy) => policy.Principals.IsEmpty ? "each principal" : "each other principal";

    internal static string Pool(string name, AiPool pool) => $"pool {name} ({string.Join(", ", pool.Members)})";

    /// <param name="acts">False of what only ever tells.</param>
    internal static string Of(AiBudget budget, bool acts) => string.Join(", ", Parts(budget, acts).Where(part => part.Length > 0));

    /// <summary>What of a budget changes, each before and after: <c>50 → 80 USD in 30d; never suspended → suspended after 5m</c>.</summary>
    internal static string Between(AiBudget was, AiBudget now, bool acts)
    {
        string?[] parts =
        [
            was.Window != now.Window ? $"{Amount(was)} → {Amount(now)}"
                : was.Limit != now.Limit ? $"{AiText.Number(was.Limit)} → {Amount(now)}"
                : null,
            .. Parts(was, acts).Zip(Parts(now, acts)).Skip(1).Select(part => part.First == part.Second ? null : $"{Said(part.First)} → {Said(part.Second)}"),
        ];
        return string.Join("; ", parts.OfType<string>());

        static string Said(string part) => part.Length > 0 ? part : "not said";
    }

    /// <summary>Always as many, and "" of what it does not say.</summary>
    private static string[] Parts(AiBudget budget, bool acts) =>
    [
        Amount(budget),
        budget.Rate?.ToString() ?? "",
        $"told at {AiText.Number(budget.Warn)} and {AiText.Number(budget.Critical)} %",
        acts ? Mode(budget) : "",
        budget.Shared ? "a role too" : "",
    ];

    private static string Amount(AiBudget budget) => $"{AiText.Number(budget.Limit)} USD in {budget.Window}";

    private static string Mode(AiBudget budget) => budget.Mode switch
    {
        ResponseMode.WATCH => "never suspended",
        ResponseMode.CONFIRM => "suspended when a person approves it",
        ResponseMode.ARMED => $"suspended after {ResponseRule.Text(budget.Grace)}",
        _ => throw new InvalidOperationException($"{budget.Mode} is no mode."),
    };
}
