using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Tests.Spend.Assessment;

/// <summary>Money that runs out is told once, and not taken back by an hour in which little was spent.</summary>
public sealed class RunwayTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 9, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By the 8th.</summary>
    private static readonly decimal[] Days = [2, 32, 30, 28, 26, 24, 22, 20];

    [Fact]
    public void A_day_that_has_just_begun_does_not_lower_the_burn_rate()
    {
        var spend = new PeriodSpend(Looks.November, new(2026, 11, 9), 1_000, 720, "USD") { Days = Of([.. Days, 0]) };

        // Of 20, 22, 24, 26, 28, 30, 32; with the day it would be of 0, 20, 22, 24, 26, 28, 30.
        Assert.Equal(26, BurnRate.Of(spend with { IsRunning = true }).PerDay);
        Assert.Equal(BurnRate.Of(spend with { LastDay = new(2026, 11, 8) }), BurnRate.Of(spend with { IsRunning = true }));
        var begun = new PeriodSpend(Looks.November, new(2026, 11, 4), 1_000, 42, "USD") { IsRunning = true, Days = Of([2, 20, 20, 5]) };
        Assert.Equal(20, BurnRate.Of(begun).PerDay);
    }

    /// <summary>What a time lapse of a month showed: a level was told in the evening and resolved an hour after midnight, day by day.</summary>
    [Fact]
    public void A_level_is_not_resolved_by_midnight_and_told_again_in_the_evening()
    {
        var assessment = Looks.First(Looks.At(Midnight.AddHours(-6), 735) with { Days = Of(Days) });
        Assert.Equal(10, assessment.RunwayLevel);
        for (var hour = 1; hour < 4 * 24; hour += 4)
        {
            var (at, day) = (Midnight.AddHours(hour), hour / 24);
            // 265 left at 27 are 9.8 days; an hour after midnight the median is 26, and 264 are 10.2.
            decimal[] days = [.. Days, .. Enumerable.Repeat(27m, day), (hour % 24) * 27m / 24];
            assessment = assessment.Then(Looks.At(at, 735 + (27m * hour / 24)) with { Days = Of(days) });
            Assert.True(assessment.RunwayLevel is null or < 10, $"{at:u}: {assessment.RunwayLevel} is told again.");
            Assert.False(assessment.Memory.RunwayOver, $"{at:u}");
        }
    }

    [Fact]
    public void It_is_over_when_the_money_lasts_two_days_more_than_was_told_and_then_only_a_lower_level_is_told()
    {
        var told = Looks.First(Looks.At(Looks.Noon12, 400) with { Days = Looks.FirstExample });
        Assert.Equal(10, told.RunwayLevel);

        // 600 left at 61 a day are 9.8 days; 732 are 12, and 733 more than twelve.
        Assert.False(At(4, 1_000 - 732).Memory.RunwayOver);
        var over = At(4, 1_000 - 733);
        Assert.True(over.Memory.RunwayOver);
        var again = over.Then(Looks.At(Looks.Noon12.AddHours(8), 400) with { Days = Looks.FirstExample });
        Assert.Null(again.RunwayLevel);
        Assert.True(again.Memory.RunwayOver);
        var lower = again.Then(Looks.At(Looks.Noon12.AddHours(12), 640) with { Days = Looks.FirstExample });
        Assert.Equal(7, lower.RunwayLevel);
        Assert.False(lower.Memory.RunwayOver);

        SpendAssessment At(int hours, decimal actual) => told.Then(Looks.At(Looks.Noon12.AddHours(hours), actual) with { Days = Looks.FirstExample });
    }

    [Fact]
    public void A_raised_limit_ends_it_and_may_run_out_anew_as_a_new_period_may()
    {
        var told = Looks.First(Looks.At(Looks.Noon12, 640) with { Days = Looks.FirstExample });
        Assert.Equal(7, told.RunwayLevel);

        var raised = told.Then(Looks.At(Looks.Noon12.AddHours(4), 640) with { Limit = 2_000, Days = Looks.FirstExample });
        Assert.Null(raised.Memory.RunwayLevel);
        Assert.Null(told.Then(Looks.At(Looks.Noon12.AddDays(20), 10)).Memory.RunwayLevel);
        var anew = raised.Then(Looks.At(Looks.Noon12.AddHours(8), 1_400) with { Limit = 2_000, Days = Looks.FirstExample });
        Assert.Equal(10, anew.RunwayLevel);
    }

    private static EquatableArray<DailyAmount> Of(decimal[] days) =>
        [.. days.Select((amount, index) => new DailyAmount(Looks.November.Start.AddDays(index), amount))];
}
