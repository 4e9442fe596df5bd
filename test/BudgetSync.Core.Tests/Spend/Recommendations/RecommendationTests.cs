using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Spend.Recommendations;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Spend.Recommendations;

public sealed class RecommendationTests
{
    [Fact]
    public void Without_a_full_month_nothing_is_recommended()
    {
        Assert.Equal((RecommendationClass.None, (decimal?)null), Class(Costs.Recommend(1_000, [])));
        Assert.Equal(RecommendationClass.None, Costs.Recommend(1_000, [0, 0, 500]).Class);
        var running = Recommender.Of(Costs.Account, "USD", [new(Costs.Today, 900)], 1_000, Costs.Today, RecommendationSettings.Default);
        Assert.Equal("no full month of cost is known yet", running.Why);
    }

    [Fact]
    public void The_running_month_and_the_first_one_count_for_nothing()
    {
        var costs = Costs.Until([3, 1_000, 1_000, 1_000]).Append(new(Costs.Today, 50_000));
        Assert.Equal(1_100, Recommender.Of(Costs.Account, "USD", costs, null, Costs.Today, RecommendationSettings.Default).Amount);
    }

    [Fact]
    public void Without_Cost_Explorer_the_closed_periods_of_a_monthly_budget_are_its_months()
    {
        var months = new[] { 3m, 1_000, 1_000, 1_000 }.Select((cost, index) =>
            new ClosedAmount(BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 7 + index, 1)), "USD", 900, cost));
        var quarter = new ClosedAmount(BudgetPeriod.Of(TimeUnit.QUARTERLY, new(2026, 7, 1)), "USD", 900, 9_000);
        var results = PeriodResult.Of(
            SpendHistory.BackFill("team-a", months.Append(quarter with { Budgeted = 1 }), new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero)),
            Costs.Today);
        Assert.Equal(1_100, Recommender.Of(Costs.Account, "USD", MonthlyCost.Of(results), 900, Costs.Today, RecommendationSettings.Default).Amount);
    }

    [Fact]
    public void A_month_that_is_not_listed_cost_nothing()
    {
        var costs = Costs.Until([9_000, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]).SkipLast(4);
        var recommendation = Recommender.Of(Costs.Account, "USD", costs, 1_000, Costs.Today, RecommendationSettings.Default with { Bold = true });
        Assert.Equal(10, recommendation.Amount);
    }

    [Theory]
    [InlineData(1, Confidence.Low)]
    [InlineData(2, Confidence.Low)]
    [InlineData(3, Confidence.Medium)]
    [InlineData(5, Confidence.Medium)]
    [InlineData(6, Confidence.High)]
    public void Confidence_follows_the_number_of_months(int months, Confidence confidence) =>
        Assert.Equal(confidence, Costs.Recommend(1_000, [1, .. Enumerable.Repeat(1_000m, months)]).Confidence);

    [Fact]
    public void Noise_takes_confidence_away() =>
        Assert.Equal(Confidence.Medium, Costs.Recommend(1_000, [1, 700, 1_300, 700, 1_300, 700, 1_300, 1_000]).Confidence);

    [Fact]
    public void An_account_that_costs_next_to_nothing_is_idle() =>
        Assert.Equal((RecommendationClass.Idle, (decimal?)null), Class(Costs.Recommend(1_000, [500, 1, 0.5m, 0, 1])));

    [Fact]
    public void Months_that_differ_too_much_get_no_number_and_hear_why()
    {
        var recommendation = Costs.Recommend(1_000, [1, 100, 2_000, 100, 1_000, 2_000, 400]);
        Assert.Equal((RecommendationClass.Erratic, (decimal?)null), Class(recommendation));
        Assert.Equal("no amount: noise 0.89 is above 0.6, no number would be right for long", recommendation.Why);
    }

    [Fact]
    public void An_amount_is_lowered_after_three_low_months_and_not_before()
    {
        // 60 % of 2,100 are 1,260. The last six months say 1,200, but those up to August said 1,300.
        Assert.Equal(RecommendationClass.Keep, Costs.Recommend(2_100, [1, 1_150, 1_150, 1_150, 1_150, 1_150, 1_000, 1_000, 1_000]).Class);
        Assert.Equal(RecommendationClass.Lower, Costs.Recommend(2_100, [1, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000]).Class);
    }

    [Fact]
    public void A_season_is_measured_against_two_months_on_each_side_and_held_within_bounds()
    {
        decimal[] year = [900, 1_000, 1_300, 1_200, 1_100, 1_250, .. Enumerable.Repeat(1_000m, 8)];
        Assert.Equal(1_300m / 1_100, RobustEstimate.Of(year).Season);
        Assert.Equal(1_300m / 1_150, RobustEstimate.Of(year[1..]).Season);
        Assert.Equal(1, RobustEstimate.Of(year[2..]).Season);
        Assert.Equal(1.5m, RobustEstimate.Of([900, 1_000, 5_000, .. year[3..]]).Season);
        Assert.Equal(0.7m, RobustEstimate.Of([900, 1_000, 1, .. year[3..]]).Season);
    }

    [Fact]
    public void An_amount_is_kept_that_is_near_enough()
    {
        Assert.Equal(RecommendationClass.Keep, Costs.Recommend(1_000, [1, 1_000, 1_000, 1_000]).Class);
        Assert.Equal(RecommendationClass.Raise, Costs.Recommend(950, [1, 1_000, 1_000, 1_000]).Class);
        Assert.Equal(RecommendationClass.New, Costs.Recommend(null, [1, 1_000, 1_000, 1_000]).Class);
    }

    [Theory]
    [InlineData(1351.27, 1_400)]
    [InlineData(1000, 1_000)]
    [InlineData(1000.01, 1_100)]
    [InlineData(99.01, 100)]
    [InlineData(0.001, 0.01)]
    [InlineData(3.21, 3.3)]
    [InlineData(0, 0)]
    public void Amounts_are_rounded_up_to_two_significant_digits(decimal amount, decimal rounded) => Assert.Equal(rounded, Recommender.RoundUp(amount));

    [Fact]
    public void A_row_keeps_what_it_has_and_gets_the_amount()
    {
        var raise = Costs.Recommend(1_000, [400, 840, 900, 960, 1_020, 1_080, 1_140]);
        Assert.Equal(Row(("AccountId", new RowValue.Text("111122223333")), ("BudgetValue", new RowValue.Number("1400"))), raise.Row(null));
        var own = Row(("AccountId", new RowValue.Text("111122223333")), ("BudgetValue", new RowValue.Text("1000")), ("Thresholds", new RowValue.Text("80")));
        Assert.Equal(
            Row(("AccountId", new RowValue.Text("111122223333")), ("BudgetValue", new RowValue.Number("1400")), ("Thresholds", new RowValue.Text("80"))),
            raise.Row(own));
        Assert.Null(raise.Row(Row(("AccountId", new RowValue.Text("111122223333")), ("Budgets", new RowValue.List([])))));
        Assert.Null(Costs.Recommend(1_000, [1, 1_000, 1_000, 1_000]).Row(own));
    }

    [Fact]
    public void Whatever_the_months_an_amount_is_at_least_the_floor_and_moves_by_half_at_most() => Property.ForAllSeeds(random =>
    {
        decimal[] months = [.. Enumerable.Range(0, random.Next(30)).Select(_ => Amount(random))];
        var now = random.Next(3) == 0 ? (decimal?)null : random.Next(20, 1_000_000) / 10m;
        var settings = new RecommendationSettings((RecommendationMethod)random.Next(2), random.Next(50), Bold: false);
        var costs = Costs.Until(months).ToList();
        var recommendation = Recommender.Of(Costs.Account, "USD", costs, now, Costs.Today, settings);
        Assert.Equal(recommendation, Recommender.Of(Costs.Account, "USD", costs.OrderBy(_ => random.Next()), now, Costs.Today, settings));
        Assert.NotEmpty(recommendation.Why);
        if (recommendation.Amount is not { } amount) return;
        Assert.True(now is null ? amount >= settings.Floor : amount >= now / 2 - 0.01m && amount <= now * 1.5m);
        Assert.Equal(amount, Math.Round(amount, 2));
    });

    [Fact]
    public void An_estimate_is_free_of_scale() => Property.ForAllSeeds(random =>
    {
        decimal[] months = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(0, 1_000_000) / 100m)];
        decimal rate = random.Next(2, 1_000);
        var (one, other) = (RobustEstimate.Of(months), RobustEstimate.Of([.. months.Select(month => month * rate)]));
        Assert.Equal(one.Amount is null, other.Amount is null);
        Assert.Equal(Math.Round(one.Amount * rate ?? 0, 12), Math.Round(other.Amount ?? 0, 12));
    });

    private static (RecommendationClass, decimal?) Class(Recommendation recommendation) => (recommendation.Class, recommendation.Amount);

    private static RowImage Row(params (string Name, RowValue Value)[] attributes) =>
        new(attributes.ToImmutableSortedDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal));

    private static decimal Amount(Random random) => random.Next(10) switch
    {
        0 => 0,
        1 => -random.Next(100),
        2 => decimal.MaxValue,
        _ => random.Next(1, 10_000_000) / 1_000m,
    };
}
