using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Problems as the sentences people read: each once, bounded, and fit for every wire whatever they quote.</summary>
internal static class Reasons
{
    public static ImmutableArray<string> Of(ProblemList problems)
    {
        var all = problems.All.Select(problem => WellFormedText.Mend(problem.ToString())).Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= AwsLimits.ProblemsListed
            ? [.. all]
            : [.. all.Take(AwsLimits.ProblemsListed), $"… and {all.Count - AwsLimits.ProblemsListed} more problems; mend these first"];
    }
}
