using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Spend.Recommendations;
using BudgetSync.Core.Tests.Rows;
using BudgetSync.Core.Tests.Spend;

namespace BudgetSync.Core.Tests.Coverage;

/// <summary>What accounts cost against what their rows say.</summary>
public sealed class OrganizationRecommendationsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The worked example's months; April, the first, is left out.</summary>
    private static readonly decimal[] Trend = [400, 840, 900, 960, 1_020, 1_080, 1_140];

    [Fact]
    public void The_worked_example_is_recommended_as_a_row_that_keeps_all_else()
    {
        var line = Recommend("""{"AccountId":"111122223333","BudgetValue":1000,"Thresholds":[80],"Note":"ours"}""");

        WorkedExamples.Hold("recommended", "1400", line.Recommendation.Amount);
        Assert.Equal(RecommendationClass.Raise, line.Recommendation.Class);
        Assert.Equal(
            Given.Row("""{"AccountId":"111122223333","BudgetValue":1400,"Thresholds":[80],"Note":"ours"}"""),
            line.Row);
    }

    [Fact]
    public void An_account_that_inherits_its_amount_gets_a_row_with_an_amount_only() =>
        Assert.Equal(Given.Row("""{"AccountId":"111122223333","BudgetValue":1400}"""), Recommend("""{"AccountId":"default","BudgetValue":1000}""").Row);

    [Fact]
    public void An_account_without_any_row_is_new()
    {
        var line = Recommend();
        Assert.Equal((RecommendationClass.New, null), (line.Recommendation.Class, line.Recommendation.Now));
        Assert.Equal(Given.Row("""{"AccountId":"111122223333","BudgetValue":1400}"""), line.Row);
    }

    [Fact]
    public void Grants_come_and_go_so_that_the_amount_without_them_is_judged() => Assert.Equal(
        1000,
        Recommend("""{"AccountId":"111122223333","BudgetValue":1000,"Grants":[{"Amount":500,"Until":"2026-11-30","Why":"fair"}]}""").Recommendation.Now);

    [Theory]
    [InlineData("""{"AccountId":"111122223333","BudgetValue":-1}""", "put them right first")]
    [InlineData("""{"AccountId":"111122223333","BudgetValue":1,"Enabled":false}""", "Enabled: false")]
    [InlineData("""{"AccountId":"default","Budgets":[{"BudgetName":"a","BudgetValue":1},{"BudgetName":"b","BudgetValue":2}]}""", "several budgets")]
    [InlineData("""{"AccountId":"111122223333","BudgetValue":1,"TimeUnit":"QUARTERLY"}""", "not of all its costs a month")]
    [InlineData("""{"AccountId":"default","AutoAdjustData":{"AutoAdjustType":"FORECAST"}}""", "a plan or AWS moves its limit")]
    [InlineData("""{"AccountId":"111122223333","BudgetValue":1,"Changes":[{"From":"2099-01-01","BudgetValue":2}]}""", "Changes take over")]
    [InlineData(
        """{"AccountId":"default","BudgetValue":1,"Grants":[{"Amount":5,"Until":"2099-11-30","Why":"fair"}]}""",
        "grants on top of an inherited amount")]
    public void Where_one_amount_of_a_row_does_not_say_it_the_reason_is_told(string row, string reason)
    {
        var line = Recommend(row);
        Assert.Null(line.Row);
        Assert.Contains(reason, line.NoRow, StringComparison.Ordinal);
    }

    [Fact]
    public void The_months_to_go_by_are_those_of_the_monthly_budget_of_all_costs()
    {
        Assert.Equal(("a", "USD"), Of("""{"AccountId":"111122223333","BudgetName":"a","BudgetValue":1}""").BudgetOf(Given.Account));
        Assert.Null(Of("""{"AccountId":"111122223333","BudgetName":"a","BudgetValue":1,"TimeUnit":"DAILY"}""").BudgetOf(Given.Account));
    }

    [Fact]
    public void What_a_month_usually_costs_is_the_median_of_the_last_three_full_ones()
    {
        Assert.Equal(1080, MonthlyCost.Usual(Months(), new(2026, 11, 28)));
        Assert.Null(MonthlyCost.Usual([], new(2026, 11, 28)));
    }

    private static RecommendationLine Recommend(params string[] rows) => Of(rows).Of(Given.Account, Months());

    private static IEnumerable<MonthlyCost> Months() => Trend.Select((amount, index) => new MonthlyCost(new DateOnly(2026, 4 + index, 1), amount));

    private static OrganizationRecommendations Of(params string[] rows) => new(
        OrganizationTree.None,
        rows.Select(Given.Row).ToImmutableDictionary(row => row.Key, StringComparer.Ordinal),
        Given.Defaults,
        Now,
        RecommendationSettings.Default with { Bold = true });
}
