using BudgetSync.Core.Reports;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Budgets;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>The same journeys where AWS refuses to change a budget's type or time unit in place, as it may: its documentation does not say.</summary>
public sealed class ReplacementSequences : RowSequences
{
    protected override LocalCloudOptions Options => base.Options with { Budgets = new BudgetsOptions { RefuseChangeOfTypeOrUnit = true } };

    protected override int UsualSeeds => 30;
}

public sealed class ReplacedBudgetsTests(ReplacementSequences journeys) : IClassFixture<ReplacementSequences>
{
    [Fact]
    public void A_change_of_type_or_time_unit_is_all_that_AWS_refuses() =>
        Assert.All(
            journeys.Steps.SelectMany(step => step.Refused),
            refusal => Assert.Matches("^UpdateBudget: .*BudgetType and TimeUnit of budget .* cannot change", refusal));

    [Fact]
    public void The_budget_is_what_the_row_says_all_the_same_and_a_second_apply_writes_nothing() =>
        Assert.All(journeys.Steps, step => Assert.True(step.Drift.IsEmpty && step.Again.IsEmpty, step.Case));

    [Fact]
    public void The_report_says_that_the_budget_was_replaced()
    {
        var replaced = journeys.Steps.Where(step => !step.Refused.IsEmpty).ToList();
        Assert.NotEmpty(replaced);
        Assert.All(
            replaced,
            step => Assert.Contains(
                step.Report.Changes,
                change => change.Contains("AWS refuses to change its type or time unit in place, so it is deleted and created", StringComparison.Ordinal)));
        Assert.All(replaced.Where(step => step.Refusals.IsEmpty), step => Assert.Equal(ReportOutcome.Applied, step.Report.Outcome));
    }
}
