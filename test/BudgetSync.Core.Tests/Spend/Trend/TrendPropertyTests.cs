using BudgetSync.Core.Spend.Trend;
using BudgetSync.Core.Tests.Generators;

namespace BudgetSync.Core.Tests.Spend.Trend;

public sealed class TrendPropertyTests
{
    /// <summary>A decimal holds no infinity: what would be one is an exception, so coming back at all is half of the property.</summary>
    [Fact]
    public void Nothing_is_ever_negative_or_infinite_whatever_the_amounts() => Property.ForAllSeeds(random =>
    {
        var spend = RandomSpend.Any(random);
        var (pace, burn, runway, forecast) = (Pace.Of(spend), BurnRate.Of(spend), Runway.Of(spend), SpendForecast.Own(spend));
        decimal?[] numbers = [pace.Ratio, burn.PerDay, runway.Days, forecast.Amount, forecast.Low, forecast.High];
        Assert.DoesNotContain(numbers, number => number < 0);
        Assert.All([pace.Explanation, burn.Explanation, runway.Explanation, forecast.Explanation], text =>
        {
            Assert.NotEmpty(text);
            Assert.DoesNotContain('\n', text);
        });
    });

    [Fact]
    public void Equal_input_gives_equal_output_in_whatever_order_the_days_come() => Property.ForAllSeeds(random =>
    {
        var spend = RandomSpend.Any(random);
        var shuffled = spend with { Days = [.. spend.Days.OrderBy(_ => random.Next())] };
        Assert.Equal(Pace.Of(spend), Pace.Of(shuffled));
        Assert.Equal(BurnRate.Of(spend), BurnRate.Of(shuffled));
        Assert.Equal(Runway.Of(spend), Runway.Of(shuffled));
        Assert.Equal(SpendForecast.Own(spend), SpendForecast.Own(shuffled));
    });

    [Fact]
    public void A_currency_with_other_numbers_changes_amounts_by_its_rate_and_ratios_and_days_not_at_all() => Property.ForAllSeeds(random =>
    {
        var spend = RandomSpend.Plausible(random);
        decimal rate = random.Next(2, 1_000);
        var other = spend with
        {
            Limit = spend.Limit * rate,
            Actual = spend.Actual * rate,
            Days = [.. spend.Days.Select(day => day with { Amount = day.Amount * rate })],
        };
        AssertSame(Pace.Of(spend).Ratio, Pace.Of(other).Ratio);
        AssertSame(BurnRate.Of(spend).PerDay * rate, BurnRate.Of(other).PerDay);
        AssertSame(Runway.Of(spend).Days, Runway.Of(other).Days);
        Assert.Equal(Runway.Of(spend).ExhaustedOn, Runway.Of(other).ExhaustedOn);
        var (one, two) = (SpendForecast.Own(spend), SpendForecast.Own(other));
        Assert.Equal(one.Basis, two.Basis);
        AssertSame(one.Amount * rate, two.Amount);
        AssertSame(one.Low * rate, two.Low);
        AssertSame(one.High * rate, two.High);
    });

    [Fact]
    public void A_forecast_lies_within_its_interval_and_never_below_what_was_spent() => Property.ForAllSeeds(random =>
    {
        var spend = RandomSpend.Plausible(random);
        var forecast = SpendForecast.Own(spend);
        if (forecast.Basis == ForecastBasis.None) return;
        Assert.True(forecast.Low <= forecast.Amount && forecast.Amount <= forecast.High);
        Assert.True(forecast.Low >= spend.Actual);
    });

    [Fact]
    public void Money_runs_out_within_the_period_or_no_day_is_named() => Property.ForAllSeeds(random =>
    {
        var spend = RandomSpend.Plausible(random);
        if (Runway.Of(spend).ExhaustedOn is { } day) Assert.True(spend.Period.Contains(day));
    });

    /// <summary>The same to all digits but the last few of 28, which a division may lose.</summary>
    private static void AssertSame(decimal? one, decimal? other)
    {
        Assert.Equal(one.HasValue, other.HasValue);
        if (one is { } left && other is { } right) Assert.True(Math.Abs(left - right) <= 1e-18m * Math.Max(1, Math.Abs(left)), $"{left} is not {right}");
    }
}
