using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows;

/// <summary>Problems as the sentences people read: each once, bounded.</summary>
internal static class Reasons
{
    public static ImmutableArray<string> Of(ProblemList problems)
    {
        var all = problems.All.Select(problem => problem.ToString()).Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= AwsLimits.ProblemsListed
            ? [.. all]
            : [.. all.Take(AwsLimits.ProblemsListed), $"… and {all.Count - AwsLimits.ProblemsListed} more problems; mend these first"];
    }
}
