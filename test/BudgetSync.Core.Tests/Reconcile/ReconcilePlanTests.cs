using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Reconcile;

public sealed class ReconcilePlanTests
{
    private static readonly AccountId Account = AccountId.Parse("111122223333");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Intent.Keep Wanted = new(new DesiredParameter("document", "aaaa", [new Scope.Account(Account)], OnDelete.REVERT));

    [Fact]
    public void An_account_without_status_is_propagated_to() => Propagates(renew: false, Decide(null));

    [Fact]
    public void An_applied_account_costs_no_call() => Assert.IsType<ReconcileDecision.InSync>(Decide(Applied, Now.AddHours(26)));

    [Fact]
    public void An_account_that_has_not_reported_for_26_hours_is_written_to_again_so_that_it_reports() =>
        Propagates(renew: true, Decide(Applied, Now.AddHours(27)));

    [Fact]
    public void On_the_day_on_which_a_limit_moves_by_itself_the_spoke_is_written_to_again_until_it_has_reported_since()
    {
        // Applied was reported on the 1st.
        var moving = new Intent.Keep(Wanted.Parameter with { Turns = [new(2026, 2, 28), new(2026, 3, 1), new(2026, 3, 2)] });
        Assert.IsType<ReconcileDecision.InSync>(Decide(Applied, new(2026, 3, 1, 23, 59, 59, TimeSpan.Zero), moving));
        var turned = Decide(Applied, new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), moving);
        Propagates(renew: true, turned);
        Assert.Equal("the limit in force is another since 2026-03-02", Assert.IsType<ReconcileDecision.Propagate>(turned).Why);
        Assert.IsType<ReconcileDecision.InSync>(
            Decide(Applied with { ReportedAt = new(2026, 3, 2, 0, 5, 0, TimeSpan.Zero) }, new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero), moving));
    }

    [Fact]
    public void Another_desired_revision_is_propagated_at_once() => Propagates(renew: false, Decide(Applied, intent: Revised));

    [Fact]
    public void A_report_that_does_not_come_is_waited_for_and_then_asked_for_ever_more_rarely()
    {
        var row = Propagated(null, 1, Now);
        Assert.Equal(Now.AddMinutes(15), Assert.IsType<ReconcileDecision.Wait>(Decide(row, Now.AddMinutes(14))).Until);
        Propagates(renew: true, Decide(row, Now.AddMinutes(15)));
        var renewed = Propagated(row, 2, Now.AddMinutes(15));
        Assert.Equal(Now.AddMinutes(45), Assert.IsType<ReconcileDecision.Wait>(Decide(renewed, Now.AddMinutes(44))).Until);
    }

    [Fact]
    public void A_blocked_account_is_tried_again_when_due()
    {
        var row = StatusChange.Blocked(null, Account.Value, "aaaa", ["no role"], null, Now);
        Assert.IsType<ReconcileDecision.Wait>(Decide(row, Now));
        Propagates(renew: false, Decide(row, Now.AddMinutes(15)));
    }

    [Fact]
    public void A_parameter_changed_by_hand_is_put_back_at_once() => Propagates(renew: true, Decide(Reported(Applied, "ffff", 2, ReportOutcome.Applied)));

    [Fact]
    public void What_the_spoke_refused_is_left_until_the_row_changes()
    {
        var refused = Reported(Propagated(null, 1, Now), "aaaa", 1, ReportOutcome.Rejected);
        Assert.IsType<ReconcileDecision.Leave>(Decide(refused, Now.AddHours(20)));
        Propagates(renew: false, Decide(refused, intent: Revised));
    }

    [Fact]
    public void A_budget_AWS_does_not_take_yet_is_tried_again_when_due()
    {
        var pending = Reported(Propagated(null, 1, Now), "aaaa", 1, ReportOutcome.Pending);
        Assert.Equal(AccountState.Pending, pending.State);
        Assert.IsType<ReconcileDecision.Wait>(Decide(pending, Now.AddMinutes(1)));
        Propagates(renew: true, Decide(pending, Now.AddHours(1)));
    }

    [Fact]
    public void A_refused_row_is_recorded_once()
    {
        var refuse = new Intent.Refuse(["BudgetValue: missing"]);
        var record = Assert.IsType<ReconcileDecision.Record>(Decide(Applied, intent: refuse));
        Assert.Equal(AccountState.Rejected, record.Row.State);
        Assert.IsType<ReconcileDecision.Leave>(Decide(record.Row, intent: refuse));
    }

    [Fact]
    public void An_account_to_leave_alone_is_recorded_once()
    {
        var alone = new Intent.LeaveAlone(["no row"], null);
        var record = Assert.IsType<ReconcileDecision.Record>(Decide(null, intent: alone));
        Assert.Equal(AccountState.Uncovered, record.Row.State);
        Assert.IsType<ReconcileDecision.Leave>(Decide(record.Row, intent: alone));
    }

    [Fact]
    public void A_release_is_written_at_once_and_tried_again_when_due()
    {
        var release = new Intent.Release(["disabled"], null);
        Assert.IsType<ReconcileDecision.Release>(Decide(Applied, intent: release));

        var failed = StatusChange.Retrying(Applied, Account.Value, Intent.Release.Revision, ["throttled"], null, Now);
        Assert.IsType<ReconcileDecision.Wait>(Decide(failed, intent: release));
        Assert.IsType<ReconcileDecision.Release>(Decide(failed, Now.AddMinutes(15), release));
    }

    [Fact]
    public void The_same_budgets_from_another_row_are_recorded_and_nothing_is_written_to_the_spoke()
    {
        var elsewhere = new Intent.Keep(Wanted.Parameter with { From = [new Scope.Default()], OnDelete = OnDelete.DELETE });
        var record = Assert.IsType<ReconcileDecision.Record>(Decide(Applied, intent: elsewhere));
        Assert.Equal(("default", OnDelete.DELETE), (Assert.Single(record.Row.From), record.Row.OnDelete));
        Assert.IsType<ReconcileDecision.InSync>(Decide(record.Row, intent: elsewhere));
    }

    [Fact]
    public void A_suspended_account_is_recorded_once_as_uncovered() => IsNoted(AccountStanding.Suspended, hasRow: false, AccountState.Uncovered, "suspended");

    [Fact]
    public void A_row_for_a_suspended_account_is_an_orphan_once() => IsNoted(AccountStanding.Suspended, hasRow: true, AccountState.Orphan, "suspended");

    [Fact]
    public void An_account_that_left_the_organization_is_recorded_once_as_uncovered() =>
        IsNoted(AccountStanding.Gone, hasRow: false, AccountState.Uncovered, "has left the organization");

    [Fact]
    public void A_row_for_an_account_that_the_organization_does_not_have_is_an_orphan_once() =>
        IsNoted(AccountStanding.Gone, hasRow: true, AccountState.Orphan, "no such account");

    [Fact]
    public void No_try_is_due_for_an_account_that_the_organization_does_not_have()
    {
        var account = Snapshot(Wanted) with { Standing = AccountStanding.Gone, HasRow = true };
        var record = Assert.IsType<ReconcileDecision.Record>(ReconcilePlan.Decide(account, Applied, Now));
        Assert.Equal((0, (DateTimeOffset?)null), (record.Row.Attempts, record.Row.NextAttemptAt));

        // What an earlier version wrote claims a next try: it is put right once.
        var claimed = StatusChange.Blocked(Applied, Account.Value, null, [.. record.Row.Reasons], null, Now);
        var mended = Assert.IsType<ReconcileDecision.Record>(ReconcilePlan.Decide(account, claimed, Now));
        Assert.IsType<ReconcileDecision.Leave>(ReconcilePlan.Decide(account, mended.Row, Now));
    }

    [Fact]
    public void An_account_without_a_readable_organization_is_taken_at_its_word() =>
        Propagates(renew: false, ReconcilePlan.Decide(Snapshot(Wanted) with { Standing = AccountStanding.Unknown }, null, Now));

    [Fact]
    public void An_applied_account_that_moved_is_looked_at_again()
    {
        var row = Applied with { Path = ["ou-abcd-11111111", "r-abcd"] };
        Assert.IsType<ReconcileDecision.InSync>(ReconcilePlan.Decide(Snapshot(Wanted) with { Path = row.Path }, row, Now));
        Propagates(renew: true, ReconcilePlan.Decide(Snapshot(Wanted) with { Path = ["r-abcd"] }, row, Now));
    }

    [Fact]
    public void A_person_who_asks_does_not_wait_for_the_next_try()
    {
        var blocked = StatusChange.Blocked(null, Account.Value, "aaaa", ["no role"], null, Now);
        Assert.IsType<ReconcileDecision.Wait>(Decide(blocked));
        Propagates(renew: true, ReconcilePlan.Decide(Snapshot(Wanted), blocked, Now, asked: true));
        Propagates(renew: true, ReconcilePlan.Decide(Snapshot(Wanted), Applied, Now, asked: true));
    }

    [Fact]
    public void What_was_applied_and_not_heard_of_for_too_long_is_recorded_as_unchecked_while_the_next_try_is_not_due()
    {
        var silent = Applied with { NextAttemptAt = Now.AddHours(30) };
        var record = Assert.IsType<ReconcileDecision.Record>(Decide(silent, Now.AddHours(27)));
        Assert.Equal(AccountState.Unchecked, record.Row.State);
    }

    private static void IsNoted(AccountStanding standing, bool hasRow, AccountState state, string reason)
    {
        var account = Snapshot(Wanted) with { Standing = standing, HasRow = hasRow };
        var record = Assert.IsType<ReconcileDecision.Record>(ReconcilePlan.Decide(account, Applied, Now));
        Assert.Equal(state, record.Row.State);
        Assert.Contains(reason, Assert.Single(record.Row.Reasons), StringComparison.Ordinal);
        Assert.IsType<ReconcileDecision.Leave>(ReconcilePlan.Decide(account, record.Row, Now.AddDays(3)));
    }

    private static AccountSnapshot Snapshot(Intent intent) => new(Account, AccountStanding.Active, HasRow: true, [], intent);

    private static Intent.Keep Revised => new(Wanted.Parameter with { Revision = "bbbb" });

    private static StatusRow Applied => Reported(Propagated(null, 1, Now), "aaaa", 1, ReportOutcome.Applied);

    private static StatusRow Propagated(StatusRow? before, long version, DateTimeOffset now) =>
        StatusChange.Propagated(before, Account.Value, Wanted.Parameter, version, null, now);

    private static StatusRow Reported(StatusRow before, string revision, long version, ReportOutcome outcome) =>
        StatusChange.Reported(
            before,
            Account.Value,
            new Report { Revision = revision, ParameterVersion = version, Outcome = outcome, At = Now },
            SpendBounds.Default,
            Now);

    private static ReconcileDecision Decide(StatusRow? status, DateTimeOffset? now = null, Intent? intent = null) =>
        ReconcilePlan.Decide(Snapshot(intent ?? Wanted), status, now ?? Now);

    private static void Propagates(bool renew, ReconcileDecision decision) => Assert.Equal(renew, Assert.IsType<ReconcileDecision.Propagate>(decision).Renew);
}
