using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Tests.Spend.Trend;

/// <summary>The worked examples of Spend's README that are about the period that runs.</summary>
public sealed class TrendExampleTests
{
    private static readonly BudgetPeriod November = new(new(2026, 11, 1), new(2026, 12, 1));

    private static readonly PeriodSpend ByTheTwelfth = new(November, new(2026, 11, 12), 1_000, 640, "USD")
    {
        Days = Days(103, 30, 30, 30, 30, 58, 61, 70, 61, 40, 65, 62),
    };

    [Fact]
    public void The_pace_is_the_one_worked_out_by_hand()
    {
        var pace = Pace.Of(ByTheTwelfth);
        WorkedExamples.Hold("pace", "1.6", pace.Ratio);
        Assert.Equal("1.60×: 64.0 % of 1,000 USD used in 40.0 % of the period (day 12 of 30)", pace.Explanation);
    }

    [Fact]
    public void The_burn_rate_is_the_one_worked_out_by_hand()
    {
        var burn = BurnRate.Of(ByTheTwelfth);
        WorkedExamples.Hold("burn rate", "61", burn.PerDay);
        Assert.Equal("61 USD a day: the median of the last 7 days", burn.Explanation);
    }

    [Fact]
    public void The_runway_is_the_one_worked_out_by_hand()
    {
        var runway = Runway.Of(ByTheTwelfth);
        WorkedExamples.Hold("runway, days", "5.90", runway.Days);
        WorkedExamples.Hold("runway, runs out on", "2026-11-18", runway.ExhaustedOn);
        Assert.Equal(
            "runs out on 2026-11-18, 12 days before the period's last: 61 USD a day against 33.33 USD planned (640 of 1,000 USD used by day 12)",
            runway.Explanation);
    }

    [Fact]
    public void The_forecast_by_burn_rate_is_the_one_worked_out_by_hand()
    {
        var forecast = SpendForecast.Own(ByTheTwelfth);
        Assert.Equal(ForecastBasis.Linear, forecast.Basis);
        WorkedExamples.Hold("forecast by burn rate", "1738", forecast.Amount);
        WorkedExamples.Hold("forecast by burn rate, low", "1713.85", forecast.Low);
        WorkedExamples.Hold("forecast by burn rate, high", "1762.15", forecast.High);
        Assert.Equal("1,738 USD (1,713.85 to 1,762.15 in 4 of 5 cases): 640 spent, 18 days left at 61", forecast.Explanation);
    }

    [Fact]
    public void The_forecast_by_weekday_is_the_one_worked_out_by_hand()
    {
        decimal[] week1 = [48, 48, 48, 48, 48, 9, 9], week2 = [50, 50, 50, 50, 50, 10, 10], week3 = [52, 52, 52, 52, 52, 11, 11];
        decimal[] days = [100, .. week1, .. week2, .. week3];
        var forecast = SpendForecast.Own(new(November, new(2026, 11, 22), 1_000, 910, "USD")
        {
            Days = Days(days),
        });
        Assert.Equal(ForecastBasis.Weekday, forecast.Basis);
        WorkedExamples.Hold("forecast by weekday", "1230", forecast.Amount);
        WorkedExamples.Hold("forecast by weekday, low", "1224.63", forecast.Low);
        WorkedExamples.Hold("forecast by weekday, high", "1235.37", forecast.High);
        Assert.Equal("1,230 USD (1,224.63 to 1,235.37 in 4 of 5 cases): 910 spent, 8 days left at their weekdays' medians", forecast.Explanation);
    }

    [Fact]
    public void The_forecast_error_is_the_one_worked_out_by_hand()
    {
        var accuracy = ForecastAccuracy.Of([(1_100, 1_000), (950, 1_000), (1_260, 1_050)]);
        WorkedExamples.Hold("forecast error", "0.10", accuracy.Error);
        Assert.Equal("forecasts at mid-period were 10.0 % off (median of 3 periods)", accuracy.Explanation);
    }

    private static EquatableArray<DailyAmount> Days(params decimal[] amounts) =>
        [.. amounts.Select((amount, index) => new DailyAmount(November.Start.AddDays(index), amount))];
}
