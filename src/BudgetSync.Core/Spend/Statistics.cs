namespace BudgetSync.Core.Spend;

/// <summary>
/// The statistics the formulas stand on. All in <see cref="decimal"/>, so that the same amounts give the same answer on every machine, and robust ones:
/// a bill has single days and months (a refund, a yearly fee) that a mean would carry for weeks.
/// </summary>
internal static class Statistics
{
    /// <summary>What turns a median absolute deviation into the standard deviation of a normal distribution (1 / Φ⁻¹(3/4)).</summary>
    public const decimal DeviationOfMad = 1.4826m;

    /// <summary>
    /// Ours: amounts beyond are taken for it. AWS Budgets knows no larger threshold than 1.5e13 (BM budgets, NotificationThreshold), and what a decimal
    /// cannot hold must never become an exception because of one absurd amount.
    /// </summary>
    private const decimal LargestAmount = 1e15m;

    /// <summary>Ours: from here on a quotient is "more than any bound".</summary>
    private const decimal LargestRatio = 1e9m;

    public static decimal Bounded(decimal amount) => Math.Clamp(amount, -LargestAmount, LargestAmount);

    /// <summary>The quotient, held within ±1e9; null where there is nothing to divide by.</summary>
    public static decimal? Ratio(decimal part, decimal whole)
    {
        if (whole == 0) return null;
        var (dividend, divisor) = (Bounded(part), Bounded(whole));
        return Math.Abs((double)dividend / (double)divisor) < (double)LargestRatio
            ? dividend / divisor
            : Math.Sign(dividend) * Math.Sign(divisor) * LargestRatio;
    }

    /// <summary>The middle value, or the mean of the two in the middle. There must be one.</summary>
    public static decimal Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The median absolute deviation from their own median. There must be a value.</summary>
    public static decimal Mad(IReadOnlyCollection<decimal> values)
    {
        var centre = Median(values);
        return Median(values.Select(value => Math.Abs(value - centre)));
    }

    /// <summary>
    /// The median of the slopes between all pairs, per step of the sequence; 0 for fewer than two values. (Sen, "Estimates of the Regression Coefficient
    /// Based on Kendall's Tau", 1968.)
    /// </summary>
    public static decimal TheilSen(IReadOnlyList<decimal> values)
    {
        var slopes = from left in Enumerable.Range(0, values.Count)
                     from right in Enumerable.Range(left + 1, values.Count - left - 1)
                     select (values[right] - values[left]) / (right - left);
        var found = slopes.ToList();
        return found.Count == 0 ? 0 : Median(found);
    }

    /// <summary>The square root of a count of days, to the last digit of a decimal.</summary>
    public static decimal Root(int number)
    {
        if (number <= 0) return 0;
        var root = (decimal)Math.Sqrt(number);
        // One step of Newton's method doubles the 15 digits of a double; the second settles the last one.
        for (var step = 0; step < 2; step++) root = (root + (number / root)) / 2;
        return root;
    }
}
