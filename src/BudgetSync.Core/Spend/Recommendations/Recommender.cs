using System.Globalization;

namespace BudgetSync.Core.Spend.Recommendations;

/// <summary>From what months cost to what a month should be allowed.</summary>
public static class Recommender
{
    private const decimal RaiseAbove = 1.15m;
    private const decimal LowerBelow = 0.6m;
    private const int LowerMonths = 3;
    private const decimal IdleUpTo = 1;
    private const int OverMonths = 6;

    /// <summary>At most by half at once: an estimate that is wrong must not take an account's limit away in one run.</summary>
    private const decimal LargestChange = 0.5m;

    private const int HighMonths = 6;
    private const int MediumMonths = 3;
    private const decimal HighNoise = 0.2m;

    /// <param name="costs">In any order, the running month among them or not.</param>
    /// <param name="now">The amount in force; null where there is none.</param>
    public static Recommendation Of(
        AccountId account,
        string unit,
        IEnumerable<MonthlyCost> costs,
        decimal? now,
        DateOnly today,
        RecommendationSettings settings)
    {
        var months = MonthlyCost.Full(costs, today);
        if (months.Count == 0) return Make(null, RecommendationClass.None, Confidence.None, "no full month of cost is known yet");
        var noise = RobustEstimate.Of(months).Noise;
        var confidence = months.Count >= HighMonths && noise < HighNoise ? Confidence.High
            : months.Count >= MediumMonths ? Confidence.Medium
            : Confidence.Low;
        if (months.All(month => month <= IdleUpTo))
            return Make(null, RecommendationClass.Idle, confidence, $"no amount: no month cost more than {AmountText.Of(IdleUpTo, unit)}");
        if (AmountOf(months, settings) is not { } amount)
        {
            return Make(
                null,
                RecommendationClass.Erratic,
                confidence,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no amount: noise {noise:0.00} is above {RobustEstimate.Erratic}, no number would be right for long"));
        }

        var kind = ClassOf(months, now, amount, settings);
        var bounded = now is { } current && !settings.Bold
            ? Math.Round(Math.Clamp(amount, current * (1 - LargestChange), current * (1 + LargestChange)), 2, MidpointRounding.ToZero)
            : amount;
        return Make(bounded, kind, confidence, Why(months, amount, bounded, now, today, settings));

        Recommendation Make(decimal? made, RecommendationClass kind, Confidence confidence, string why) =>
            new(account, unit, made, now, kind, confidence, settings.Method, why);
    }

    /// <summary>Up to two significant digits, and never to less than a cent: 1,351.27 becomes 1,400.</summary>
    public static decimal RoundUp(decimal amount)
    {
        if (amount <= 0) return 0;
        var digit = 0.01m;
        while (amount / digit > 100) digit *= 10;
        return Math.Ceiling(amount / digit) * digit;
    }

    private static decimal? AmountOf(IReadOnlyList<decimal> months, RecommendationSettings settings)
    {
        var rounded = settings.Method == RecommendationMethod.Simple
            ? Math.Round(SimpleEstimate.Of(months).Amount, 2, MidpointRounding.ToPositiveInfinity)
            : RobustEstimate.Of(months).Amount is { } amount ? RoundUp(amount) : (decimal?)null;
        return rounded is { } known ? Math.Max(settings.Floor, known) : null;
    }

    private static RecommendationClass ClassOf(IReadOnlyList<decimal> months, decimal? now, decimal amount, RecommendationSettings settings)
    {
        if (now is not { } current) return RecommendationClass.New;
        if (amount > RaiseAbove * current) return RecommendationClass.Raise;
        // One low month is no reason: what was recommended of the months up to each of the last three has to say so.
        var lower = months.Count >= LowerMonths
            && Enumerable.Range(0, LowerMonths).All(back => AmountOf([.. months.SkipLast(back)], settings) < LowerBelow * current);
        return lower ? RecommendationClass.Lower : RecommendationClass.Keep;
    }

    private static string Why(
        IReadOnlyList<decimal> months,
        decimal amount,
        decimal bounded,
        decimal? now,
        DateOnly today,
        RecommendationSettings settings)
    {
        var held = bounded == amount ? "" : $" (of {AmountText.Of(amount)}: at most half more or less at once)";
        var from = settings.Method == RecommendationMethod.Simple
            ? SimpleWhy(SimpleEstimate.Of(months), months.Count)
            : RobustWhy(RobustEstimate.Of(months), months.Count, today);
        var last = months.TakeLast(OverMonths).ToList();
        var against = now is { } current
            ? $"; now {AmountText.Of(current)}, over in {last.Count(month => month > current)} of {last.Count} months"
            : "; none now";
        return $"{AmountText.Of(bounded)}{held} ← {from}{against}";
    }

    private static string SimpleWhy(SimpleEstimate estimate, int months) => string.Create(
        CultureInfo.InvariantCulture,
        $"{estimate.Factor} times the mean {AmountText.Of(estimate.Mean)} of the last {Math.Min(6, months)} months");

    private static string RobustWhy(RobustEstimate estimate, int months, DateOnly today)
    {
        var last = today.AddMonths(-1);
        var first = last.AddMonths(1 - Math.Min(3, months));
        var span = first.Month == last.Month ? MonthName(last) : $"{MonthName(first)}–{MonthName(last)}";
        var trend = Statistics.Ratio(estimate.Slope, estimate.Level) * 100 ?? 0;
        var season = estimate.Season == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{estimate.Season:0.00} for the season, ");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median {AmountText.Of(estimate.Level)} of {span}, {trend:+0;-0;0} %/month, {season}{estimate.Headroom * 100:0} % headroom for noise "
                + $"{estimate.Noise:0.00}");
    }

    private static string MonthName(DateOnly month) => month.ToString("MMM", CultureInfo.InvariantCulture);
}
