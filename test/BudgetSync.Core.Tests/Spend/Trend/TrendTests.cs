using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Tests.Spend.Trend;

public sealed class TrendTests
{
    private static readonly BudgetPeriod November = new(new(2026, 11, 1), new(2026, 12, 1));

    [Theory]
    [InlineData(TimeUnit.DAILY, "2026-05-17", "2026-05-18")]
    [InlineData(TimeUnit.MONTHLY, "2026-05-01", "2026-06-01")]
    [InlineData(TimeUnit.QUARTERLY, "2026-04-01", "2026-07-01")]
    [InlineData(TimeUnit.ANNUALLY, "2026-01-01", "2027-01-01")]
    public void A_day_lies_in_the_period_of_the_calendar(TimeUnit unit, string start, string end)
    {
        var period = BudgetPeriod.Of(unit, new(2026, 5, 17));
        Assert.Equal(new BudgetPeriod(DateOnly.Parse(start, null), DateOnly.Parse(end, null)), period);
        Assert.Equal(1, period.DayOf(period.Start));
        Assert.Equal(period.Days, period.DayOf(period.LastDay));
        Assert.Equal(0, period.DayOf(period.Start.AddDays(-1)));
        Assert.Equal(period.Days, period.DayOf(period.End));
    }

    [Fact]
    public void There_is_no_pace_on_the_first_day_nor_without_a_limit()
    {
        Assert.Equal("no pace before day 2 of the period", Pace.Of(Spend(1, 500)).Explanation);
        Assert.NotNull(Pace.Of(Spend(2, 500)).Ratio);
        Assert.Null(Pace.Of(Spend(12, 500) with { Limit = 0 }).Ratio);
    }

    [Fact]
    public void The_first_of_a_month_burns_nothing()
    {
        Assert.Equal(11, BurnRate.Of(Spend(4, 1_033, 1_000, 10, 11, 12)).PerDay);
        Assert.Equal("no burn rate: 2 single days of the period are known, 3 are needed", BurnRate.Of(Spend(3, 1_021, 1_000, 10, 11)).Explanation);
    }

    [Fact]
    public void Days_of_the_period_before_are_no_burn_rate_of_this_one()
    {
        var spend = Spend(4, 33, 1_000, 10, 11, 12);
        Assert.Equal(11, BurnRate.Of(spend with { Days = [.. spend.Days, new(new(2026, 10, 31), 900), new(new(2026, 10, 30), 900)] }).PerDay);
    }

    [Fact]
    public void Refunds_that_outweigh_the_cost_burn_nothing_and_so_nothing_runs_out()
    {
        var spend = Spend(5, 500, 0, -5, -5, -5, 3);
        Assert.Equal(0, BurnRate.Of(spend).PerDay);
        Assert.Equal(new Runway(null, null, "no runway: an ordinary day costs nothing"), Runway.Of(spend));
    }

    [Fact]
    public void What_ran_out_says_on_which_day_the_limit_was_reached()
    {
        Assert.Equal(new Runway(0, new(2026, 11, 3), "ran out on 2026-11-03"), Runway.Of(Spend(4, 1_300, 300, 300, 400, 300)));
        var unknown = Spend(4, 1_300, 300, 300, 400, 300);
        Assert.Equal(
            new Runway(0, null, "ran out; the day is not known"),
            Runway.Of(unknown with { Days = [.. unknown.Days.Where(day => day.Day.Day != 4)] }));
    }

    [Fact]
    public void Money_that_lasts_to_the_last_day_exactly_still_runs_out_on_it_and_a_cent_more_lasts_beyond()
    {
        Assert.Equal(new DateOnly(2026, 11, 30), Runway.Of(Spend(28, 980, [.. Enumerable.Repeat(10m, 28)])).ExhaustedOn);
        Assert.Null(Runway.Of(Spend(28, 979.99m, [.. Enumerable.Repeat(10m, 28)])).ExhaustedOn);
    }

    [Fact]
    public void A_first_of_a_month_to_come_costs_what_firsts_of_months_cost()
    {
        var quarter = BudgetPeriod.Of(TimeUnit.QUARTERLY, new(2026, 10, 1));
        var days = Enumerable.Range(0, 31).Select(day => new DailyAmount(quarter.Start.AddDays(day), day == 0 ? 500 : 10)).ToList();
        var forecast = SpendForecast.Own(new(quarter, new(2026, 10, 31), 10_000, 800, "USD") { Days = [.. days] });
        WorkedExamples.Hold("forecast over firsts of months", "2390", forecast.Amount);
    }

    [Fact]
    public void On_the_last_day_the_forecast_is_what_was_spent()
    {
        var forecast = SpendForecast.Own(Spend(30, 700));
        Assert.Equal((700m, 700m, 700m), (forecast.Amount, forecast.Low, forecast.High));
    }

    [Fact]
    public void Without_single_days_there_is_no_forecast_and_it_says_why() =>
        Assert.Equal(
            new SpendForecast(ForecastBasis.None, null, null, null, "no forecast: no burn rate: 0 single days of the period are known, 3 are needed"),
            SpendForecast.Own(Spend(10, 300)));

    [Fact]
    public void Totals_become_single_days_and_days_nobody_looked_at_share_evenly()
    {
        var october = BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 10, 1));
        DayTotal[] totals =
        [
            new(November, new(2026, 11, 6), 80), new(November, new(2026, 11, 3), 50), new(october, new(2026, 10, 1), 7), new(october, new(2026, 10, 2), 9),
        ];
        Assert.Equal(
            [
                new(new(2026, 10, 1), 7), new(new(2026, 10, 2), 2), new(new(2026, 11, 4), 10), new(new(2026, 11, 5), 10), new(new(2026, 11, 6), 10),
            ],
            DayTotal.Increments(totals).AsEnumerable());
        WorkedExamples.Hold("day without a look", "10", DayTotal.Increments(totals).Single(day => day.Day == new DateOnly(2026, 11, 5)).Amount);
    }

    [Fact]
    public void A_period_that_cost_nothing_judges_no_forecast()
    {
        Assert.Null(ForecastAccuracy.ErrorOf(10, 0));
        Assert.Equal(0, ForecastAccuracy.Of([(10, 0)]).Periods);
    }

    private static PeriodSpend Spend(int day, decimal actual, params decimal[] days) => new(November, November.Start.AddDays(day - 1), 1_000, actual, "USD")
    {
        Days = [.. days.Select((amount, index) => new DailyAmount(November.Start.AddDays(index), amount))],
    };
}
