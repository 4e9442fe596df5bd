using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.Recommendations;

/// <summary>
/// The formula of a well-known agent for AWS budgets: 1.1 times the mean of the last six months, 1.2 times where they spread over more than 30 % of it. Here to
/// be compared with.
/// </summary>
/// <param name="Factor">1.1 or 1.2.</param>
public sealed record SimpleEstimate(decimal Amount, decimal Mean, decimal Factor)
{
    private const int Months = 6;
    private const decimal Spread = 0.3m;
    private const decimal Quiet = 1.1m;
    private const decimal Spreading = 1.2m;

    /// <param name="months">Full months, oldest first; at least one.</param>
    public static SimpleEstimate Of(IReadOnlyList<decimal> months)
    {
        var last = months.TakeLast(Months).ToImmutableArray();
        var mean = Math.Max(0, last.Sum() / last.Length);
        var factor = Statistics.Ratio(last.Max() - last.Min(), mean) > Spread ? Spreading : Quiet;
        return new(mean * factor, mean, factor);
    }
}
