using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Core.Tests.Spend.Recommendations;

/// <summary>The worked examples of Spend's README that are about recommended amounts.</summary>
public sealed class RecommendationExampleTests
{
    private static readonly decimal[] Trend = [840, 900, 960, 1_020, 1_080, 1_140];

    [Fact]
    public void The_recommendation_of_a_trend_is_the_one_worked_out_by_hand()
    {
        var estimate = RobustEstimate.Of(Trend);
        WorkedExamples.Hold("level", "1080", estimate.Level);
        WorkedExamples.Hold("slope", "60", estimate.Slope);
        WorkedExamples.Hold("noise", "0.12355", estimate.Noise);
        WorkedExamples.Hold("headroom", "0.185325", estimate.Headroom);
        WorkedExamples.Hold("recommended, before rounding", "1351.2705", estimate.Amount);

        var recommendation = Costs.Recommend(1_000, [400, .. Trend]);
        WorkedExamples.Hold("recommended", "1400", recommendation.Amount);
        Assert.Equal((RecommendationClass.Raise, Confidence.High), (recommendation.Class, recommendation.Confidence));
        Assert.Equal("1,400 ← median 1,080 of Aug–Oct, +6 %/month, 19 % headroom for noise 0.12; now 1,000, over in 3 of 6 months", recommendation.Why);

        var bounded = Costs.Recommend(800, [400, .. Trend]);
        WorkedExamples.Hold("recommended, at most half more", "1200", bounded.Amount);
        Assert.StartsWith("1,200 (of 1,400: at most half more or less at once) ← ", bounded.Why, StringComparison.Ordinal);
        Assert.Equal(1_400, Costs.Recommend(800, [400, .. Trend], RecommendationSettings.Default with { Bold = true }).Amount);
    }

    [Fact]
    public void The_recommendation_of_a_season_is_the_one_worked_out_by_hand()
    {
        decimal[] months = [1_000, 1_000, 1_300, .. Enumerable.Repeat(1_000m, 11)];
        WorkedExamples.Hold("season", "1.3", RobustEstimate.Of(months).Season);
        var recommendation = Costs.Recommend(null, [400, .. months]);
        WorkedExamples.Hold("recommended for the season", "1500", recommendation.Amount);
        Assert.Equal("1,500 ← median 1,000 of Aug–Oct, 0 %/month, 1.30 for the season, 10 % headroom for noise 0.00; none now", recommendation.Why);
    }

    [Fact]
    public void A_lower_recommendation_is_the_one_worked_out_by_hand()
    {
        var recommendation = Costs.Recommend(10_000, [400, .. Trend]);
        WorkedExamples.Hold("recommended, at most half less", "5000", recommendation.Amount);
        Assert.Equal(RecommendationClass.Lower, recommendation.Class);
        // 0.6 times 2,333 is 1,399.80, which 1,400 is not below.
        Assert.Equal(RecommendationClass.Keep, Costs.Recommend(2_333, [400, .. Trend]).Class);
        Assert.Equal(RecommendationClass.Lower, Costs.Recommend(2_334, [400, .. Trend]).Class);
    }

    [Fact]
    public void The_noise_of_an_erratic_account_is_the_one_worked_out_by_hand()
    {
        decimal[] turns = [100, 1_000, 100, 1_000, 100, 1_000];
        WorkedExamples.Hold("noise of an erratic account", "0.66717", RobustEstimate.Of(turns).Noise);
        var recommendation = Costs.Recommend(500, [50, .. turns]);
        Assert.Equal((RecommendationClass.Erratic, (decimal?)null), (recommendation.Class, recommendation.Amount));
    }

    [Fact]
    public void The_simple_recommendation_is_the_one_worked_out_by_hand()
    {
        var recommendation = Costs.Recommend(1_000, [400, .. Trend], RecommendationSettings.Default with { Method = RecommendationMethod.Simple });
        WorkedExamples.Hold("recommended, simple", "1188", recommendation.Amount);
        Assert.Equal("1,188 ← 1.2 times the mean 990 of the last 6 months; now 1,000, over in 3 of 6 months", recommendation.Why);
    }
}
