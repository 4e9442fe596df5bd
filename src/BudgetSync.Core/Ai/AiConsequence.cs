using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>
/// What follows when a limit is reached, for people, as <see cref="AiDecision"/> decides it as far as rows say it: what IAM says of a principal is known in
/// its account only.
/// </summary>
internal static class AiConsequence
{
    private const string Asked = "but whose own budget says CONFIRM only when a person approves it";

    private const string Watched = "never suspended";

    /// <summary>True of what is never suspended for a reason other than the mode.</summary>
    public static bool IsNever(string follows) => follows.StartsWith($"{Watched}: ", StringComparison.Ordinal);

    /// <summary>Of the principals that a pattern matches.</summary>
    public static string OfPrincipals(string pattern, AiBudget budget) => Of(budget, AiReach.Of(pattern, budget.Shared));

    /// <summary>Of all that no pattern matches.</summary>
    public static string OfDefault(AiBudget budget) => Of(budget, AiReach.Of("*", budget.Shared));

    /// <summary>A pool suspends its members, each as its own budget says whether a role may be.</summary>
    public static string OfPool(AiPool pool, AiPolicy policy)
    {
        if (pool.Budget.Mode == ResponseMode.WATCH) return Watched;
        if (NeverInTime(pool.Budget) is { } late) return late;
        var members = pool.Members.Select(member => (Name: member, Reach: AiReach.OfMember(member, policy))).ToList();
        var never = members.Where(member => member.Reach.Never.Length > 0).ToList();
        if (never.Count == members.Count) return $"{Watched}: {string.Join(" and ", never.Select(member => $"{member.Name}, because {member.Reach.Never}"))}";
        string[] but =
        [
            When(pool.Budget),
            .. never.Select(member => $"but never {member.Name}, because {member.Reach.Never}"),
            .. members.Select(member => member.Reach.But).Where(but => but.Length > 0).Distinct(),
            .. pool.Budget.Mode == ResponseMode.ARMED && pool.Members.Any(member => AiReach.IsAsked(member, policy)) ? [Asked] : Array.Empty<string>(),
        ];
        return string.Join(", ", but);
    }

    /// <summary>The spoke asks, and the organization denies.</summary>
    public static string OfAccount(AiBudget budget)
    {
        if (budget.Mode == ResponseMode.WATCH) return Watched;
        var when = budget.Mode == ResponseMode.ARMED ? $"after {ResponseRule.Text(budget.Grace)}" : "when a person approves it";
        return NeverInTime(budget)
            ?? $"{when} the organization is asked to deny its models, and does {ResponseRule.Text(ResponseRule.LeastGrace)} later where the deployment has "
                + "respond and controlPolicies";
    }

    private static string Of(AiBudget budget, AiReach reach) => budget.Mode == ResponseMode.WATCH ? Watched
        : NeverInTime(budget) is { } late ? late
        : reach.Never.Length > 0 ? $"{Watched}: {reach.Never}"
        : reach.But.Length > 0 ? $"{When(budget)}, {reach.But}"
        : When(budget);

    /// <summary>A window that begins meanwhile begins everything anew.</summary>
    private static string? NeverInTime(AiBudget budget) => budget.Mode == ResponseMode.ARMED && budget.Grace >= budget.Window.Longest
        ? $"{Watched}: its grace of {ResponseRule.Text(budget.Grace)} does not end before its window of {budget.Window}"
        : null;

    private static string When(AiBudget budget) =>
        budget.Mode == ResponseMode.ARMED ? $"suspended after {ResponseRule.Text(budget.Grace)}" : "suspended when a person approves it";
}
