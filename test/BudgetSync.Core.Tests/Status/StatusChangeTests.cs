using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Status;
using static BudgetSync.Core.Tests.Status.StatusSteps;

namespace BudgetSync.Core.Tests.Status;

public sealed class StatusChangeTests
{
    [Fact]
    public void A_released_account_is_Uncovered_with_its_reason_until_it_is_propagated_to_again()
    {
        var released = StatusChange.Released(Propagated(null, "aaaa", 1, Start), Key, ["disabled"], null, 2, Start.AddHours(1));
        Assert.Equal(
            (AccountState.Uncovered, null, 2L, Start.AddHours(1)),
            (released.State, released.DesiredRevision, released.ParameterVersion, released.ReleasedAt));
        Assert.Equal("disabled", Assert.Single(released.Reasons));
        Assert.Same(released, StatusChange.Released(released, Key, ["disabled"], null, 2, Start.AddHours(2)));

        var reported = Reported(released, "ffff", 2, Start.AddHours(2), ReportOutcome.Released);
        Assert.Equal((AccountState.Uncovered, "disabled"), (reported.State, Assert.Single(reported.Reasons)));

        Assert.Null(Propagated(reported, "bbbb", 3, Start.AddHours(3)).ReleasedAt);
    }

    [Fact]
    public void A_write_that_has_begun_is_pending_and_due_at_once_and_done_when_it_is_told()
    {
        var released = StatusChange.Released(Propagated(null, "aaaa", 1, Start), Key, ["disabled"], null, 2, Start.AddHours(1));
        var begun = StatusChange.Begun(released, Key, Wanted("bbbb", [Key, "default"], OnDelete.DELETE), null, Start.AddHours(2));
        Assert.Equal((AccountState.Pending, "bbbb", null, Start.AddHours(2)), (begun.State, begun.DesiredRevision, begun.ReleasedAt, begun.NextAttemptAt));
        Assert.Equal((2L, OnDelete.DELETE, 2), (begun.ParameterVersion, begun.OnDelete, begun.From.Length));

        var done = Propagated(begun, "bbbb", 3, Start.AddHours(2));
        Assert.Equal((AccountState.Propagated, 3L, 1), (done.State, done.ParameterVersion, done.Attempts));
        Assert.Empty(done.Reasons);
    }

    [Fact]
    public void A_place_in_the_organization_is_kept_through_every_other_step()
    {
        var placed = StatusChange.PathSeen(Propagated(null, "aaaa", 1, Start), ["ou-ab12-11111111", "r-ab12"]);
        Assert.Same(placed, StatusChange.PathSeen(placed, ["ou-ab12-11111111", "r-ab12"]));
        Assert.Equal("payments", StatusChange.PathSeen(placed, placed.Path, "payments").AccountName);
        Assert.Equal<string>(["ou-ab12-11111111", "r-ab12"], Reported(Propagated(placed, "bbbb", 2, Start.AddHours(1)), "bbbb", 2, Start.AddHours(2)).Path);
    }

    // Found by the simulation (seed 4680): the sources of a fan-out made it look as if there were something to let go.
    [Fact]
    public void An_account_that_was_never_written_to_gets_no_sources()
    {
        var blocked = StatusChange.Blocked(null, Key, "aaaa", ["no role"], null, Start);
        Assert.Same(blocked, StatusChange.SourcesChanged(blocked, Wanted("aaaa", ["default"], OnDelete.DELETE)));
        Assert.Equal<string>(
            ["default"],
            StatusChange.SourcesChanged(Propagated(null, "aaaa", 1, Start), Wanted("aaaa", ["default"], OnDelete.DELETE)).From);
    }

    [Fact]
    public void A_release_told_late_does_not_undo_a_newer_write()
    {
        var back = Propagated(Propagated(null, "aaaa", 1, Start), "bbbb", 3, Start.AddHours(2));
        Assert.Same(back, StatusChange.Released(back, Key, ["disabled"], null, 2, Start.AddHours(1)));
    }

    [Fact]
    public void An_edit_is_propagated_then_applied_and_its_latency_is_known()
    {
        var propagated = Propagated(null, "aaaa", 1, Start, editedAt: Start);
        Assert.Equal((AccountState.Propagated, "aaaa", Start.AddMinutes(15)), (propagated.State, propagated.DesiredRevision, propagated.NextAttemptAt));

        var applied = Reported(propagated, "aaaa", 1, Start.AddSeconds(3));
        Assert.Equal(
            (AccountState.Applied, "aaaa", 0, (DateTimeOffset?)null),
            (applied.State, applied.AppliedRevision, applied.Attempts, applied.NextAttemptAt));
        Assert.Equal(TimeSpan.FromSeconds(3), applied.Latency);
    }

    [Fact]
    public void The_record_of_an_older_write_that_arrives_late_changes_nothing()
    {
        var row = Propagated(null, "bbbb", 2, Start.AddSeconds(2));
        Assert.Same(row, Propagated(row, "aaaa", 1, Start.AddSeconds(1)));
    }

    [Fact]
    public void A_row_put_back_to_what_is_applied_is_applied_at_once_since_no_report_will_come()
    {
        var applied = Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start);
        var rejected = StatusChange.Rejected(applied, Key, ["BudgetValue: missing"], Start.AddMinutes(1), Start.AddMinutes(1));
        Assert.Equal((AccountState.Rejected, (string?)null, "aaaa"), (rejected.State, rejected.DesiredRevision, rejected.AppliedRevision));
        var corrected = Propagated(rejected, "aaaa", 1, Start.AddMinutes(2));
        Assert.Equal((AccountState.Applied, 0), (corrected.State, corrected.Reasons.Length));
    }

    [Fact]
    public void A_no_op_propagation_of_an_applied_account_changes_nothing()
    {
        var applied = Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start);
        Assert.Same(applied, Propagated(applied, "aaaa", 1, Start.AddHours(1)));
    }

    [Fact]
    public void What_the_spoke_refused_stays_refused_when_the_same_is_propagated_again()
    {
        var refused = Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start, ReportOutcome.Rejected, "name clash");
        var again = Propagated(refused, "aaaa", 1, Start.AddHours(1));
        Assert.Equal(AccountState.Rejected, again.State);
        Assert.Equal("name clash", Assert.Single(again.Reasons));
    }

    [Fact]
    public void Tries_that_fail_are_pending_at_first_then_failed_and_come_ever_more_rarely()
    {
        StatusRow? row = null;
        var waits = new List<TimeSpan>();
        var states = new List<AccountState>();
        for (var i = 0; i < 12; i++)
        {
            row = StatusChange.Retrying(row, Key, "aaaa", ["throttled"], null, Start);
            waits.Add(row.NextAttemptAt!.Value - Start); // Not null: a retry always has a next one.
            states.Add(row.State);
        }

        Assert.Equal(waits.Order(), waits);
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(24)), (waits[0], waits[1], waits[^1]));
        Assert.Equal([.. Enumerable.Repeat(AccountState.Pending, 4), .. Enumerable.Repeat(AccountState.Failed, 8)], states);
    }

    [Fact]
    public void A_new_edit_of_a_blocked_account_starts_counting_anew()
    {
        var row = StatusChange.Blocked(null, Key, "aaaa", ["no role"], null, Start);
        row = StatusChange.Blocked(row, Key, "aaaa", ["no role"], null, Start);
        Assert.Equal((AccountState.Blocked, 2), (row.State, row.Attempts));
        Assert.Equal(1, StatusChange.Blocked(row, Key, "bbbb", ["no role"], null, Start).Attempts);
    }
}
