using System.Globalization;

namespace BudgetSync.Core.Spend.Trend;

/// <summary>How fast the limit is used against how fast the period passes: (A/B) / (D/T). 1 ends exactly at the limit.</summary>
/// <param name="Ratio">At least 0; null where it is not computed, and <paramref name="Explanation"/> says why.</param>
public sealed record Pace(decimal? Ratio, string Explanation)
{
    /// <summary>On the first day the bookings of the first of a month are all there is, and any pace of them would be an alarm.</summary>
    private const int FirstDay = 2;

    public static Pace Of(PeriodSpend spend)
    {
        if (spend.Limit <= 0) return new(null, "no pace: there is no limit to compare with");
        if (spend.Day < FirstDay) return new(null, $"no pace before day {FirstDay} of the period");
        if (Statistics.Ratio(Math.Max(0, spend.Actual), spend.Limit) is not { } used) return new(null, "no pace: there is no limit to compare with");
        var passed = (decimal)spend.Day / spend.Period.Days;
        // Used times T over D: the one division loses less than dividing twice.
        var ratio = used * spend.Period.Days / spend.Day;
        return new(
            ratio,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ratio:#,##0.00}×: {AmountText.Percent(used)} of {AmountText.Of(spend.Limit, spend.Unit)} used in {AmountText.Percent(passed)} of the period "
                    + $"(day {spend.Day} of {spend.Period.Days})"));
    }
}
