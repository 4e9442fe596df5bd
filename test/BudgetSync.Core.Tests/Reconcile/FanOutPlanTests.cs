using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Reconcile;

public sealed class FanOutPlanTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Intent.Keep Wanted = new(new DesiredParameter("document", "aaaa", [new Scope.Default()], OnDelete.REVERT));

    private static StatusRow Propagated => StatusChange.Propagated(null, Account.Value, Wanted.Parameter, 1, null, Now);

    [Fact]
    public void An_account_whose_budgets_stay_is_left() => Assert.IsType<FanOutDecision.Leave>(FanOutPlan.Decide(Wanted, Propagated));

    [Fact]
    public void An_account_whose_budgets_change_is_propagated_to() => Assert.IsType<FanOutDecision.Propagate>(
        FanOutPlan.Decide(new Intent.Keep(Wanted.Parameter with { Revision = "bbbb" }), Propagated));

    [Fact]
    public void An_account_that_was_never_seen_is_propagated_to() => Assert.IsType<FanOutDecision.Propagate>(FanOutPlan.Decide(Wanted, null));

    [Theory]
    [InlineData(AccountState.Pending)]
    [InlineData(AccountState.Failed)]
    public void An_account_whose_last_try_is_not_done_is_tried_again(AccountState state) =>
        Assert.IsType<FanOutDecision.Propagate>(FanOutPlan.Decide(Wanted, Propagated with { State = state }));

    [Fact]
    public void The_same_budgets_from_other_rows_are_remembered()
    {
        var elsewhere = new Intent.Keep(Wanted.Parameter with { From = [new Scope.Account(Account)] });
        Assert.Equal(elsewhere.Parameter, Assert.IsType<FanOutDecision.RememberSources>(FanOutPlan.Decide(elsewhere, Propagated)).Parameter);
    }

    [Fact]
    public void An_account_that_is_let_go_or_whose_rows_are_wrong_is_propagated_to()
    {
        Assert.IsType<FanOutDecision.Propagate>(FanOutPlan.Decide(new Intent.Refuse(["wrong"]), Propagated));
        Assert.IsType<FanOutDecision.Propagate>(FanOutPlan.Decide(new Intent.LeaveAlone(["no row"], null), Propagated));
    }
}
