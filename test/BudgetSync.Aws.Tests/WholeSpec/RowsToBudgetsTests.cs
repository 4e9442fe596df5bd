using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Tests.WholeSpec;

/// <summary>
/// What must hold from row to AWS Budgets, whatever the row and whatever was there before. LocalAws shares no rule with Core: what only one of them knows shows
/// here.
/// </summary>
public sealed class RowsToBudgetsTests(RowSequences journeys) : IClassFixture<RowSequences>
{
    [Fact]
    public void AWS_takes_every_call_that_a_valid_row_leads_to() => All(step => step.Refused.IsEmpty, step => step.Refused);

    [Fact]
    public void What_AWS_describes_after_one_apply_is_what_the_row_says_whatever_was_there_before() => All(step => step.Drift.IsEmpty, step => step.Drift);

    [Fact]
    public void A_second_apply_writes_nothing() => All(step => step.Again.IsEmpty, step => step.Again);

    [Fact]
    public void A_budget_that_alerts_before_and_after_alerts_at_every_moment_between() => All(step => step.Unalerted.IsEmpty, step => step.Unalerted);

    [Fact]
    public void Every_row_is_Applied_or_told_why_not_today() => All(
        step => step.Refusals.IsEmpty
            ? step.Report.Outcome == ReportOutcome.Applied
            : step.Report.Outcome == ReportOutcome.Rejected && step.Report.Reasons.SequenceEqual(step.Refusals),
        step => [step.Report.Outcome.ToString(), .. step.Report.Reasons]);

    [Fact]
    public void The_journeys_go_through_every_kind_of_write_and_every_kind_of_refusal_of_the_day()
    {
        Assert.Empty(
            new[]
            {
                "CreateBudget", "UpdateBudget", "DeleteBudget", "CreateNotification", "UpdateNotification", "DeleteNotification", "CreateSubscriber",
                "UpdateSubscriber", "DeleteSubscriber",
                "CreateBudgetAction", "UpdateBudgetAction", "DeleteBudgetAction",
            }.Except(journeys.Steps.SelectMany(step => step.Writes)));
        Assert.Contains(journeys.Steps, step => !step.Refusals.IsEmpty);
    }

    private void All(Func<Step, bool> holds, Func<Step, IEnumerable<string>> otherwise)
    {
        var broken = journeys.Steps.Where(step => !holds(step)).ToList();
        Assert.True(
            broken.Count == 0,
            string.Join(
                '\n',
                broken.Take(3).Select(step => $"{step.Case}\n  {string.Join("\n  ", otherwise(step))}\n  writes: {string.Join(", ", step.Writes)}")));
    }
}
