using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Tests.Spend;

public sealed class SpendBoundsTests
{
    [Theory]
    [InlineData(0, 0, SpendState.Unused)]
    [InlineData(0.01, 0, SpendState.Under)]
    [InlineData(0, 10, SpendState.Under)]
    [InlineData(79.99, 79.99, SpendState.Under)]
    [InlineData(80, 0, SpendState.OnTarget)]
    [InlineData(10, 80, SpendState.OnTarget)]
    [InlineData(100, 110, SpendState.OnTarget)]
    [InlineData(100.01, 0, SpendState.Over)]
    [InlineData(10, 110.01, SpendState.Over)]
    [InlineData(10, 100000, SpendState.Over)]
    [InlineData(119.99, 0, SpendState.Over)]
    [InlineData(120, 0, SpendState.Critical)]
    [InlineData(149.99, 0, SpendState.Critical)]
    [InlineData(150, 0, SpendState.Shutdown)]
    public void A_state_begins_where_the_default_bounds_say(double actual, double forecast, SpendState state) =>
        Assert.Equal(state, SpendBounds.Default.StateOf(Usd(200), Usd(2 * (decimal)actual), Usd(2 * (decimal)forecast)));

    [Fact]
    public void A_forecast_in_another_unit_says_nothing_of_the_limit() =>
        Assert.Equal(SpendState.Unused, SpendBounds.Default.StateOf(Usd(200), Usd(0), new SpendAmount(1_000, "EUR")));

    [Fact]
    public void Bounds_are_read_from_a_setting_and_keep_their_defaults_where_it_is_silent()
    {
        var (bounds, problems) = SpendBounds.Parse("OnTargetFrom=75, ShutdownFrom=200.5");
        Assert.Empty(problems);
        Assert.Equal(SpendBounds.Default with { OnTargetFrom = 75, ShutdownFrom = 200.5m }, bounds);
        Assert.Equal(SpendBounds.Default, SpendBounds.Parse("").Bounds);
    }

    [Fact]
    public void Every_problem_of_a_setting_of_bounds_is_named_at_once()
    {
        var (bounds, problems) = SpendBounds.Parse("OnTarget=75, OverAbove=much, CriticalFrom=90");
        Assert.Equal(SpendBounds.Default, bounds);
        Assert.Equal(3, problems.Count);
        Assert.Contains("\"OnTarget\" is no bound", problems[0], StringComparison.Ordinal);
        Assert.Contains("\"OverAbove=much\" is no bound", problems[1], StringComparison.Ordinal);
        Assert.Contains("CriticalFrom: 90 percent must be more than OverAbove, which is 100", problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_spend_that_cannot_be_compared_is_unknown()
    {
        Assert.Equal(SpendState.Unknown, SpendBounds.Default.StateOf(null, Usd(1), Usd(1)));
        Assert.Equal(SpendState.Unknown, SpendBounds.Default.StateOf(Usd(0), Usd(1), null));
        Assert.Equal(SpendState.Unknown, SpendBounds.Default.StateOf(Usd(1), null, Usd(1)));
        Assert.Equal(SpendState.Unknown, SpendBounds.Default.StateOf(Usd(1), new SpendAmount(1, "EUR"), null));
        Assert.Equal(SpendState.Unknown, SpendBounds.Default.StateOf(new SpendAmount(100, "PERCENTAGE"), new SpendAmount(30, "PERCENTAGE"), null));
    }

    [Fact]
    public void Absurd_amounts_are_shutdown_and_no_overflow() =>
        Assert.Equal(SpendState.Shutdown, SpendBounds.Default.StateOf(Usd(0.01m), Usd(decimal.MaxValue), Usd(decimal.MaxValue)));

    [Fact]
    public void Bounds_out_of_order_are_all_named()
    {
        Assert.Empty(SpendBounds.Default.Problems());
        Assert.Equal(
            [
                "CriticalFrom: 90 percent must be more than OverAbove, which is 100",
                "UnusedUpTo: -1 percent is negative; 0 means nothing spent",
                "ForecastOverAbove: 50 percent must be at least OverAbove, which is 100"
            ],
            new SpendBounds { UnusedUpTo = -1, CriticalFrom = 90, ForecastOverAbove = 50 }.Problems());
    }

    [Fact]
    public void Bounds_of_a_settled_forecast_are_read_and_stand_in_order()
    {
        Assert.Equal(
            SpendBounds.Default with { ForecastCriticalFrom = 130, ForecastShutdownFrom = 170 },
            SpendBounds.Parse("ForecastCriticalFrom=130, ForecastShutdownFrom=170").Bounds);
        Assert.Equal(
            [
                "ForecastCriticalFrom: 109 percent must be at least ForecastOverAbove, which is 110",
                "ForecastShutdownFrom: 109 percent must be more than ForecastCriticalFrom, which is 109"
            ],
            new SpendBounds { ForecastCriticalFrom = 109, ForecastShutdownFrom = 109 }.Problems());
        Assert.Equal(
            ["ForecastShutdownFrom: 110 percent must be more than ForecastOverAbove, which is 110"],
            new SpendBounds { ForecastShutdownFrom = 110 }.Problems());
    }

    [Fact]
    public void A_reported_budget_has_what_AWS_has_and_nothing_that_is_only_asked_for()
    {
        var fixedLimit = new BudgetSettings { Name = "A", Type = BudgetType.COST, TimeUnit = TimeUnit.MONTHLY, Amount = new BudgetAmount.Fixed(Usd(100)) };
        var adjusting = fixedLimit with { Name = "B", Amount = new BudgetAmount.AutoAdjusted(AutoAdjustType.FORECAST, null) };
        var planned = fixedLimit with
        {
            Name = "C",
            Amount = new BudgetAmount.Planned(
                Enumerable.Range(1, 12).ToImmutableSortedDictionary(month => new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero), month => Usd(month)))
        };
        var rejected = fixedLimit with { Name = "D" };
        var changed = fixedLimit with { Name = "E", Amount = adjusting.Amount };
        BudgetSettings[] settings = [fixedLimit, adjusting, planned, rejected, changed];
        var desired = new DesiredBudgets([.. settings.Select(one => new DesiredBudget(one, [], []))]);
        var actual = new ActualBudgets([
            new ActualBudget(fixedLimit, [], [], Managed: false) { ActualSpend = Usd(999) },
            new ActualBudget(adjusting, [], [], Managed: true) { CurrentLimit = Usd(40), ActualSpend = Usd(50), ForecastedSpend = Usd(60) },
            new ActualBudget(planned with { Amount = fixedLimit.Amount }, [], [], Managed: true) { CurrentLimit = Usd(100), HealthProblem = "FILTER_INVALID" },
            new ActualBudget(rejected, [], [], Managed: true) { CurrentLimit = Usd(7) },
            new ActualBudget(changed with { Amount = fixedLimit.Amount }, [], [], Managed: true) { CurrentLimit = Usd(100), ActualSpend = Usd(50) },
        ]);
        Dictionary<string, BudgetSettings> written = new(StringComparer.Ordinal) { ["C"] = planned, ["E"] = changed };
        var now = new DateTimeOffset(2026, 3, 31, 23, 0, 0, TimeSpan.Zero);
        var asOf = now.AddMinutes(-1);
        var march = BudgetPeriod.Of(TimeUnit.MONTHLY, new DateOnly(2026, 3, 31));
        Assert.Equal(
            [
                new ReportedBudget("A", null, "", null, null, SpendState.Unknown) { AsOf = asOf, Missing = true },
                new ReportedBudget("B", 40, "USD", 50, 60, SpendState.Critical) { AsOf = asOf, Period = march },
                new ReportedBudget("C", 3, "USD", null, null, SpendState.Unknown) { AsOf = asOf, Period = march, HealthProblem = "FILTER_INVALID" },
                new ReportedBudget("D", 7, "USD", null, null, SpendState.Unknown) { AsOf = asOf, Period = march },
                new ReportedBudget("E", null, "USD", 50, null, SpendState.Unknown) { AsOf = asOf, Period = march },
            ],
            ReportedBudget.Of(desired, actual, written, asOf, now, SpendBounds.Default).AsEnumerable());
    }

    private static SpendAmount Usd(decimal amount) => new(amount, "USD");
}
