using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Planning;

namespace BudgetSync.Core.Tests.Planning;

/// <summary>Equal in meaning is equal: every tolerance, and the difference right beside it that is none.</summary>
public sealed class BudgetComparisonTests
{
    private static readonly BudgetSettings Plain = new() { Name = "B", Type = BudgetType.COST, TimeUnit = TimeUnit.MONTHLY, Amount = Limit(1000, "USD") };

    [Fact]
    public void A_limit_is_compared_as_a_number_with_its_unit()
    {
        Same(Plain, Plain with { Amount = Limit(1000.0m, "USD") });
        Differ("limit is 1000.01 USD, should be 1000 USD", Plain, Plain with { Amount = Limit(1000.01m, "USD") });
        Differ("limit is 1000 EUR, should be 1000 USD", Plain, Plain with { Amount = Limit(1000, "EUR") });
    }

    [Fact]
    public void The_limit_of_a_utilization_budget_is_fixed_by_AWS_and_not_compared()
    {
        var utilization = Plain with { Type = BudgetType.RI_UTILIZATION, Amount = Limit(100, "PERCENTAGE") };
        Same(utilization, utilization with { Amount = Limit(0, "") });
    }

    [Fact]
    public void Cost_types_that_are_missing_are_those_AWS_fills_in()
    {
        Same(Plain, Plain with { CostTypes = new CostTypes() });
        Same(Plain with { CostTypes = new CostTypes() }, Plain);
        Differ("CostTypes differ from the row's", Plain, Plain with { CostTypes = new CostTypes { IncludeTax = false } });
        Differ("CostTypes differ from the row's", Plain with { CostTypes = new CostTypes { UseAmortized = true } }, Plain);
    }

    [Fact]
    public void A_period_that_the_row_does_not_give_runs_now_and_to_AWSs_own_end()
    {
        var start = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var filledIn = Plain with { PeriodStart = start, PeriodEnd = AwsLimits.PeriodEnd };
        Assert.Empty(BudgetComparison.Differences(Plain, filledIn, start));
        Assert.Empty(BudgetComparison.Differences(Plain, filledIn with { PeriodStart = start.AddYears(4) }));
        Assert.Equal(
            ["start is 2030-02-01T00:00:00Z, which is still to come; should be the current period"],
            BudgetComparison.Differences(Plain, filledIn with { PeriodStart = start.AddYears(4) }, start).AsEnumerable());
        Differ("end is 2026-02-01T00:00:00Z, should be 2087-06-15T00:00:00Z", Plain, Plain with { PeriodEnd = start });
        Same(Plain with { PeriodEnd = AwsLimits.PeriodEnd }, Plain);
        Same(Plain with { PeriodStart = start }, Plain with { PeriodStart = start.ToOffset(TimeSpan.FromHours(1)) });
        Differ("start is not set, should be 2026-02-01T00:00:00Z", Plain with { PeriodStart = start }, Plain);
        Differ("end is 2026-02-02T00:00:00Z, should be 2026-02-01T00:00:00Z", Plain with { PeriodEnd = start }, Plain with { PeriodEnd = start.AddDays(1) });
    }

    [Fact]
    public void A_plan_is_compared_from_the_first_period_that_both_have_and_its_last_limit_goes_on()
    {
        Same(Planned(1, 12), Planned(3, 12));
        Same(Planned(3, 12), Planned(1, 12));
        Same(Planned(1, 12), Planned(1, 11));
        Same(Planned(1, 2), Planned(3, 4));
        Assert.False(BudgetComparison.Same(Risen(4), Risen(5)));
        Assert.False(BudgetComparison.Same(Planned(1, 3), Planned(1, 3, amount: 2)));
    }

    [Fact]
    public void A_plan_is_no_fixed_limit_even_where_the_current_amounts_agree() =>
        Differ("limit is a plan of 2 periods from 2026-01-01 (1000 USD), should be 1000 USD", Plain, Planned(1, 2, amount: 1000));

    [Fact]
    public void An_adjusting_budget_is_compared_by_how_it_adjusts()
    {
        var historical = Plain with { Amount = new BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, 6) };
        var forecast = Plain with { Amount = new BudgetAmount.AutoAdjusted(AutoAdjustType.FORECAST, null) };
        Same(forecast, Plain with { Amount = new BudgetAmount.AutoAdjusted(AutoAdjustType.FORECAST, 1) });
        Assert.False(BudgetComparison.Same(historical, Plain with { Amount = new BudgetAmount.AutoAdjusted(AutoAdjustType.HISTORICAL, 3) }));
        Assert.False(BudgetComparison.Same(historical, forecast));
    }

    [Fact]
    public void Cost_filters_are_sets()
    {
        Same(Filtered("eu-west-1", "us-east-1"), Filtered("us-east-1", "eu-west-1", "us-east-1"));
        Same(Plain, Plain with { CostFilters = Plain.CostFilters.Items.Add("Region", []) });
        Differ("CostFilters differ from the row's", Filtered("eu-west-1"), Filtered("eu-west-2"));
        Differ("CostFilters differ from the row's", Filtered("eu-west-1"), Plain);
    }

    [Fact]
    public void Operands_values_and_options_of_an_expression_have_no_order()
    {
        var one = Expression(new FilterExpression.And([Tag("Env", ["a", "b"]), Tag("Team", ["x"], "STARTS_WITH", "CASE_INSENSITIVE")]));
        Same(
            one,
            Expression(new FilterExpression.And([Tag("Team", ["x"], "CASE_INSENSITIVE", "STARTS_WITH"), Tag("Env", ["b", "a"], "CASE_SENSITIVE", "EQUALS")])));
        Assert.False(
            BudgetComparison.Same(one, Expression(new FilterExpression.Or([Tag("Env", ["a", "b"]), Tag("Team", ["x"], "STARTS_WITH", "CASE_INSENSITIVE")]))));
        Assert.False(BudgetComparison.Same(one, Plain));
    }

    [Fact]
    public void Values_that_only_look_alike_when_joined_differ() =>
        Assert.False(BudgetComparison.Same(Expression(Tag("Env", ["a,1:b"])), Expression(Tag("Env", ["a", "b"]))));

    [Fact]
    public void A_budget_without_a_metric_differs_from_one_that_names_it()
    {
        var filtered = Expression(Tag("Env", ["a"])) with { Metric = BudgetMetric.UnblendedCost };
        Same(filtered, filtered with { });
        Differ("metric is none, should be UnblendedCost", filtered, filtered with { Metric = null });
        Differ("metric is AmortizedCost, should be UnblendedCost", filtered, filtered with { Metric = BudgetMetric.AmortizedCost });
    }

    [Fact]
    public void An_expression_that_AWS_shows_beside_cost_types_is_still_a_budget_of_the_old_style()
    {
        Same(Plain, Plain with { CostTypes = new CostTypes(), FilterExpression = Tag("Env", ["a"]), Metric = BudgetMetric.UnblendedCost });
        Differ("it has a FilterExpression, should have none", Plain, Expression(Tag("Env", ["a"])));
    }

    private static void Same(BudgetSettings desired, BudgetSettings actual) => Assert.Empty(BudgetComparison.Differences(desired, actual));

    private static void Differ(string words, BudgetSettings desired, BudgetSettings actual) =>
        Assert.Equal(words, Assert.Single(BudgetComparison.Differences(desired, actual)));

    private static BudgetAmount.Fixed Limit(decimal amount, string unit) => new(new SpendAmount(amount, unit));

    /// <summary>A plan of which the last month differs from all before it.</summary>
    private static BudgetSettings Risen(int lastMonth) => Plain with
    {
        Amount = new BudgetAmount.Planned(
            Enumerable.Range(1, lastMonth)
                .ToImmutableSortedDictionary(
                    month => new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero),
                    month => new SpendAmount(month < lastMonth ? 1 : 2, "USD"))),
    };

    private static BudgetSettings Planned(int from, int to, decimal amount = 1) => Plain with
    {
        Amount = new BudgetAmount.Planned(
            Enumerable.Range(from, to - from + 1)
                .ToImmutableSortedDictionary(number => new DateTimeOffset(2026, number, 1, 0, 0, 0, TimeSpan.Zero), _ => new SpendAmount(amount, "USD"))),
    };

    private static BudgetSettings Filtered(params string[] regions) => Plain with { CostFilters = Plain.CostFilters.Items.Add("Region", [.. regions]) };

    private static BudgetSettings Expression(FilterExpression filter) => Plain with { FilterExpression = filter };

    private static FilterExpression.Match Tag(string key, string[] values, params string[] options) => new(MatchKind.Tags, key, [.. values], [.. options]);
}
