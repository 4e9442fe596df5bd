using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Tests.Spend.History;

/// <summary>The worked examples of Spend's README that are about what has closed.</summary>
public sealed class HistoryExampleTests
{
    [Fact]
    public void Variances_and_their_summary_are_the_ones_worked_out_by_hand()
    {
        var now = new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);
        decimal[] costs = [800, 1_250, 1_100];
        var amounts = costs.Select((cost, index) => new ClosedAmount(BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 8 + index, 1)), "USD", 1_000, cost));
        var results = PeriodResult.Of(SpendHistory.BackFill("team-a", amounts, now), new(2026, 11, 28));
        WorkedExamples.Hold("variance", "250", results[1].Variance);
        WorkedExamples.Hold("variance, percent", "25.0", results[1].VariancePercent);
        var summary = HistorySummary.Of(results);
        WorkedExamples.Hold("over-rate", "0.67", summary.OverRate);
        WorkedExamples.Hold("mean variance, percent", "5.0", summary.MeanVariancePercent);
        WorkedExamples.Hold("worst variance, percent", "25.0", summary.WorstVariancePercent);
        WorkedExamples.Hold("streak", "2", (decimal?)summary.Streak);
        Assert.Equal("over in 2 of 3 periods, +5.0 % in the mean, +25.0 % at worst", summary.Explanation);
    }

    [Fact]
    public void The_days_over_are_the_ones_worked_out_by_hand()
    {
        var november = BudgetPeriod.Of(TimeUnit.MONTHLY, new(2026, 11, 1));
        var days = new[] { (10, 900m), (20, 1_050m), (25, 1_100m), (30, 1_200m) }.Select(day => new HistoryItem
        {
            Key = new("team-a", new(2026, 11, day.Item1)),
            Period = november,
            Unit = "USD",
            Limit = 1_000,
            Actual = day.Item2,
            WrittenAt = new(2026, 11, day.Item1, 12, 0, 0, TimeSpan.Zero),
        });

        var result = Assert.Single(PeriodResult.Of(days, new(2026, 12, 5)));

        WorkedExamples.Hold("first day over", "2026-11-20", result.FirstDayOver);
        WorkedExamples.Hold("days over", "11", (decimal?)result.DaysOver);
    }

    [Fact]
    public void The_sparkline_is_the_one_worked_out_by_hand() =>
        WorkedExamples.Hold("sparkline", "▁▂▄·█", Sparkline.Of([0, 250, 500, null, 1_000]));
}
