using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Tests.Spend.History;

public sealed class HistoryTests
{
    private static readonly BudgetPeriod October = new(new(2026, 10, 1), new(2026, 11, 1));

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("team-a#2026-10-31", "team-a")]
    [InlineData("a#b#2026-10-31", "a#b")]
    public void A_key_is_read_as_it_is_written(string text, string name)
    {
        Assert.True(HistoryKey.TryParse(text, out var key));
        Assert.Equal(new HistoryKey(name, new(2026, 10, 31)), key);
        Assert.Equal(text, key.ToString());
    }

    [Theory]
    [InlineData("#2026-10-31")]
    [InlineData("team-a#2026-10-32")]
    [InlineData("team-a")]
    [InlineData("team-a#2026-1-1")]
    public void A_text_that_is_no_key_is_none(string text) => Assert.False(HistoryKey.TryParse(text, out _));

    [Fact]
    public void The_last_write_of_a_day_wins_and_a_final_one_is_overwritten_by_no_estimate()
    {
        var first = Item(31, 900);
        var second = Item(31, 950) with { WrittenAt = first.WrittenAt.AddHours(4) };
        Assert.Equal([second], SpendHistory.Merge([second], [first]).AsEnumerable());
        var final = first with { Estimated = false, Actual = 960 };
        Assert.Equal([final], SpendHistory.Merge([final], [second]).AsEnumerable());
    }

    [Fact]
    public void The_period_that_runs_is_not_filled_in_and_one_that_just_closed_is_still_an_estimate()
    {
        ClosedAmount[] amounts = [new(October, "USD", 1_000, 900), new(BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 11, 1)), "USD", 1_000, 500)];
        var filled = SpendHistory.BackFill("team-a", amounts, new(2026, 11, 7, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal([(new HistoryKey("team-a", new(2026, 10, 31)), true)], filled.Select(item => (item.Key, item.Estimated)));
        Assert.False(SpendHistory.BackFill("team-a", amounts, new(2026, 11, 8, 0, 0, 0, TimeSpan.Zero))[0].Estimated);
    }

    [Fact]
    public void A_closed_period_is_asked_for_until_it_is_final_and_then_no_more()
    {
        Assert.Equal(12, SpendHistory.Holes("team-a", TimeUnit.MONTHLY, [], Now).Length);
        Assert.Equal(October, SpendHistory.Holes("team-a", TimeUnit.MONTHLY, [], Now)[0]);
        Assert.Contains(October, SpendHistory.Holes("team-a", TimeUnit.MONTHLY, [Item(31, 900)], Now));
        Assert.Contains(October, SpendHistory.Holes("team-b", TimeUnit.MONTHLY, [Item(31, 900) with { Estimated = false }], Now));
        Assert.DoesNotContain(October, SpendHistory.Holes("team-a", TimeUnit.MONTHLY, [Item(31, 900) with { Estimated = false }], Now));
        Assert.Empty(SpendHistory.Holes("team-a", TimeUnit.ANNUALLY, [], Now));
    }

    [Fact]
    public void A_closed_period_says_when_it_went_over_and_for_how_long()
    {
        HistoryItem[] items = [Item(10, 400), Item(20, 1_001), Item(25, 990), Item(28, 1_100) with { State = SpendState.Critical }, Item(31, 1_200)];
        var result = Assert.Single(PeriodResult.Of(items, new(2026, 11, 1)));
        // The 20th to the 24th, and from the 28th to the 31st.
        Assert.Equal((new DateOnly(2026, 10, 20), 9), (result.FirstDayOver, result.DaysOver));
        Assert.Equal((SpendState.Critical, false), (result.Highest, result.Final));
        Assert.Empty(PeriodResult.Of(items, new(2026, 10, 31)));
    }

    [Fact]
    public void Of_a_period_known_by_its_end_alone_nobody_can_say_when_it_went_over()
    {
        var result = Assert.Single(PeriodResult.Of([Item(31, 1_200) with { Estimated = false }], new(2026, 11, 28)));
        Assert.Equal((true, true, (DateOnly?)null, (int?)null), (result.Breached, result.Final, result.FirstDayOver, result.DaysOver));
    }

    [Fact]
    public void Items_tell_the_single_days_of_their_budget()
    {
        HistoryItem[] items = [Item(12, 460), Item(10, 400), Item(11, 425), Item(11, 9_999) with { Key = new("team-b", new(2026, 10, 11)) }];
        Assert.Equal([new(new(2026, 10, 11), 25), new(new(2026, 10, 12), 35)], SpendHistory.Days("team-a", items).AsEnumerable());
    }

    [Fact]
    public void The_forecast_nearest_to_the_middle_and_the_earlier_of_two_judges_the_forecasts()
    {
        HistoryItem[] items =
        [
            Item(7, 200) with { Forecast = 5_000 },
            Item(14, 400) with { Forecast = 1_080 },
            Item(17, 500) with { Forecast = 1_300 },
            Item(19, 700) with { Forecast = 1_500 },
            Item(31, 1_200),
        ];
        var results = PeriodResult.Of(items, new(2026, 11, 28));
        Assert.Equal(1_080, results[0].ForecastAtMiddle);
        Assert.Equal(0.1m, HistorySummary.Of(results).Accuracy.Error);
    }

    [Fact]
    public void Without_a_closed_period_there_is_nothing_to_sum_up()
    {
        var summary = HistorySummary.Of([]);
        Assert.Equal((0, (decimal?)null, "no period has closed yet"), (summary.Periods, summary.OverRate, summary.Explanation));
    }

    [Fact]
    public void A_sparkline_of_nothing_of_zeros_and_of_absurd_amounts_is_no_exception()
    {
        Assert.Equal("", Sparkline.Of([]));
        Assert.Equal("··", Sparkline.Of([null, null]));
        Assert.Equal("▁▁", Sparkline.Of([0, -5]));
        Assert.Equal("▁█", Sparkline.Of([1, decimal.MaxValue]));
    }

    private static HistoryItem Item(int day, decimal actual) => new()
    {
        Key = new("team-a", new(2026, 10, day)),
        Period = October,
        Unit = "USD",
        Limit = 1_000,
        Actual = actual,
        WrittenAt = new(2026, 10, day, 12, 0, 0, TimeSpan.Zero),
    };
}
