using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.SpendSteps;

namespace BudgetSync.Core.Tests.Status;

public sealed class SpendLookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_look_changes_the_amounts_and_neither_the_state_nor_the_last_report_of_the_account()
    {
        var applied = Applied(StatusSteps.Propagated(null, "aaaa", 1, Noon), Noon, Spent(500, Noon));

        var looked = Looked(applied, Noon.AddHours(4), Spent(850, Noon.AddHours(4)));

        Assert.Equal((850m, SpendState.OnTarget, Noon.AddHours(4)), looked.Budgets[0] is var budget
            ? (budget.ActualSpend, budget.SpendState, budget.AsOf)
            : default);
        Assert.Equal(
            (applied.State, applied.LastReport, applied.ReportedAt, applied.AppliedRevision),
            (looked.State, looked.LastReport, looked.ReportedAt, looked.AppliedRevision));
    }

    [Fact]
    public void A_look_that_comes_twice_or_late_changes_nothing()
    {
        var applied = Applied(null, Noon, Spent(500, Noon));
        var looked = Looked(applied, Noon.AddHours(8), Spent(850, Noon.AddHours(8)));

        Assert.Same(looked, Looked(looked, Noon.AddHours(8), Spent(850, Noon.AddHours(8))));
        Assert.Same(looked, Looked(looked, Noon.AddHours(4), Spent(700, Noon.AddHours(4))));
    }

    [Fact]
    public void A_look_knows_only_budgets_that_an_apply_has_told_of_as_ours()
    {
        var applied = Applied(null, Noon, new ReportedBudget(Budget, null, "", null, null, SpendState.Unknown) { Missing = true });

        Assert.Same(applied, Looked(applied, Noon.AddHours(4), Spent(850, Noon.AddHours(4)), Spent(1, Noon.AddHours(4), name: "other")));
    }

    [Fact]
    public void A_report_whose_amounts_are_older_than_a_look_keeps_those_of_the_look()
    {
        var looked = Looked(Applied(null, Noon, Spent(500, Noon)), Noon.AddHours(4), Spent(850, Noon.AddHours(4)));

        var late = Applied(looked, Noon.AddHours(5), Spent(500, Noon.AddHours(3), limit: 2000));

        Assert.Equal((2000m, 850m, SpendState.OnTarget), late.Budgets[0] is var budget ? (budget.Limit, budget.ActualSpend, budget.SpendState) : default);
    }

    [Fact]
    public void Amounts_that_an_update_made_AWS_forget_are_held_and_the_state_does_not_fall()
    {
        var over = Applied(null, Noon, Spent(1050, Noon)).Told();

        var forgotten = Looked(over, Noon.AddHours(4), Spent(0, Noon.AddHours(4)) with { UpdatedAt = Noon.AddHours(1) });

        Assert.Equal((1050m, SpendState.Over), (forgotten.Budgets[0].ActualSpend, forgotten.Budgets[0].SpendState));
        Assert.IsType<Freshness.Held>(forgotten.Spend[0].Memory.Freshness);
        Assert.Empty(forgotten.Untold);
    }

    [Fact]
    public void A_report_that_could_not_read_the_budgets_forgets_none_of_their_standings()
    {
        var over = Applied(null, Noon, Spent(1050, Noon)).Told();
        var report = StatusSteps.Report("aaaa", 1, Noon.AddHours(1), ReportOutcome.Failed);

        var failed = StatusChange.Reported(over, StatusSteps.Key, report, SpendBounds.Default, Noon.AddHours(1));
        var again = Applied(failed, Noon.AddHours(2), Spent(1051, Noon.AddHours(2)));

        Assert.Equal(over.Spend, failed.Spend);
        Assert.Empty(again.Untold);
    }

    [Fact]
    public void A_budget_that_is_no_longer_asked_for_takes_its_standing_with_it()
    {
        var both = Applied(null, Noon, Spent(1050, Noon), Spent(10, Noon, name: "team-b"));

        Assert.Equal(["team-b"], Applied(both, Noon.AddHours(1), Spent(10, Noon.AddHours(1), name: "team-b")).Spend.Select(standing => standing.BudgetName));
    }
}
