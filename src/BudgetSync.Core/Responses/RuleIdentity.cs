using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Responses;

/// <summary>
/// Which rule of the rows a restriction of one budget is of. A rule that names the budget and one that means all of them ask the same of it: to write the name
/// out changes nothing, and gives back nothing that a person took back.
/// </summary>
internal static class RuleIdentity
{
    /// <summary>Equal for rules that ask the same of a budget that they are both for.</summary>
    public static string Key(ResponseRule rule) => rule.OfAnyBudget.Key;

    public static bool IsFor(ResponseRule rule, string budget) =>
        rule.Budget == budget || (rule.Budget is null && budget != AiPolicy.CapBudget);

    /// <summary>The rule that the restriction is of now: where rows ask for the same twice, the one meant most in earnest; null where none is.</summary>
    public static ResponseRule? Of(IEnumerable<ResponseRule> rules, Restriction restriction) => rules
        .Where(rule => IsFor(rule, restriction.Budget) && Key(rule) == Key(restriction.Rule))
        .OrderByDescending(Earnest)
        .FirstOrDefault();

    /// <summary>Of rules for one budget, those that differ in what they ask of it, in the order that they were given in.</summary>
    public static IEnumerable<ResponseRule> Distinct(IEnumerable<ResponseRule> rules) => rules
        .GroupBy(Key, StringComparer.Ordinal)
        .Select(same => same.OrderByDescending(Earnest).First());

    private static int Earnest(ResponseRule rule) => rule.IsOnlyWatched ? 0 : rule.Mode == ResponseMode.ARMED ? 2 : 1;
}
