using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;
using static BudgetSync.Core.Tests.Status.StatusSteps;

namespace BudgetSync.Core.Tests.Status;

public sealed class StatusReportTests
{
    // Found by the simulation: the report of a missing parameter has version 0 and was taken for an old one, so the account stayed Applied.
    [Fact]
    public void A_parameter_deleted_by_hand_is_seen_though_its_report_has_no_version()
    {
        var applied = Reported(Propagated(null, "aaaa", 3, Start), "aaaa", 3, Start.AddSeconds(3));

        var missing = Reported(applied, null, 0, Start.AddHours(2), ReportOutcome.Pending);

        Assert.Equal((AccountState.Pending, Start.AddHours(2)), (missing.State, missing.NextAttemptAt));
        Assert.Same(missing, Reported(missing, "aaaa", 3, Start.AddHours(1)));
        Assert.Equal(AccountState.Applied, Reported(Propagated(missing, "aaaa", 1, Start.AddHours(3)), "aaaa", 1, Start.AddHours(4)).State);
    }

    [Fact]
    public void A_parameter_deleted_and_typed_anew_is_seen_though_its_versions_begin_again()
    {
        var applied = Reported(Propagated(null, "aaaa", 3, Start), "aaaa", 3, Start.AddSeconds(3));

        var typed = Reported(applied, "cccc", 1, Start.AddHours(2));

        Assert.Equal((AccountState.Pending, "cccc"), (typed.State, typed.AppliedRevision));
        Assert.Same(typed, Reported(typed, "aaaa", 3, Start.AddSeconds(4)));
    }

    [Fact]
    public void A_parameter_changed_by_hand_under_a_refusal_of_the_spoke_is_put_back_too()
    {
        var refused = Reported(Propagated(null, "aaaa", 3, Start), "aaaa", 3, Start.AddSeconds(3), ReportOutcome.Rejected);
        Assert.Equal(AccountState.Rejected, refused.State);

        Assert.Equal(AccountState.Pending, Reported(refused, "cccc", 4, Start.AddHours(2)).State);
    }

    [Fact]
    public void A_report_that_overtakes_the_record_of_its_own_propagation_counts_when_that_arrives()
    {
        var early = Reported(Propagated(null, "aaaa", 1, Start), "bbbb", 2, Start.AddSeconds(2));
        Assert.Equal(AccountState.Propagated, early.State);
        Assert.Equal(AccountState.Applied, Propagated(early, "bbbb", 2, Start.AddSeconds(3)).State);
    }

    [Fact]
    public void A_report_of_an_older_parameter_version_changes_nothing_even_when_it_comes_later()
    {
        var row = Reported(Propagated(null, "bbbb", 2, Start), "bbbb", 2, Start.AddSeconds(5));
        Assert.Same(row, Reported(row, "aaaa", 1, Start.AddSeconds(9)));
    }

    [Fact]
    public void A_report_of_the_same_version_but_an_earlier_time_changes_nothing_and_neither_does_a_repeated_one()
    {
        var row = Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start.AddSeconds(5));
        Assert.Same(row, Reported(row, "aaaa", 1, Start.AddSeconds(4), ReportOutcome.Failed));
        Assert.Same(row, Reported(row, "aaaa", 1, Start.AddSeconds(5)));
    }

    [Fact]
    public void A_report_of_another_revision_than_the_desired_one_leaves_the_account_propagated()
    {
        var row = Reported(
            Propagated(Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start), "bbbb", 2, Start.AddSeconds(1)),
            "aaaa",
            1,
            Start.AddSeconds(2));
        Assert.Equal((AccountState.Propagated, "bbbb", "aaaa"), (row.State, row.DesiredRevision, row.AppliedRevision));
    }

    [Fact]
    public void A_parameter_changed_by_hand_makes_an_applied_account_pending_and_due_at_once()
    {
        var row = Reported(Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start), "ffff", 2, Start.AddHours(1));
        Assert.Equal((AccountState.Pending, Start.AddHours(1)), (row.State, row.NextAttemptAt));
        Assert.Contains("changed by hand", Assert.Single(row.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_was_deleted_and_made_anew_starts_over_with_small_versions()
    {
        var old = Reported(Propagated(null, "aaaa", 37, Start), "aaaa", 37, Start);
        var renewed = Propagated(old, "aaaa", 1, Start.AddHours(1));
        Assert.Equal((AccountState.Propagated, (LastReport?)null), (renewed.State, renewed.LastReport));
        Assert.Equal(AccountState.Applied, Reported(renewed, "aaaa", 1, Start.AddHours(1)).State);
    }

    [Fact]
    public void Drift_is_what_is_found_of_a_revision_that_had_been_applied_before()
    {
        var first = StatusChange.Reported(
            Propagated(null, "aaaa", 1, Start),
            Key,
            Report("aaaa", 1, Start) with { Drift = ["is missing"] },
            SpendBounds.Default,
            Start);
        Assert.Empty(first.Drift);
        var drifted = StatusChange.Reported(
            first,
            Key,
            Report("aaaa", 1, Start.AddDays(1)) with { Drift = ["limit is 5 USD, should be 10 USD"] },
            SpendBounds.Default,
            Start.AddDays(1));
        Assert.Equal("limit is 5 USD, should be 10 USD", Assert.Single(drifted.Drift).Message);
        Assert.Equal((AccountState.Applied, Start.AddDays(1)), (drifted.State, drifted.DriftSeenAt));
        var calm = Reported(drifted, "aaaa", 1, Start.AddDays(2));
        Assert.Equal((0, Start.AddDays(1)), (calm.Drift.Length, calm.DriftSeenAt));
    }

    [Fact]
    public void A_parameter_changed_by_hand_is_drift_until_the_report_after_it_was_put_back()
    {
        var changed = Reported(Reported(Propagated(null, "aaaa", 1, Start, editedAt: Start), "aaaa", 1, Start), "ffff", 2, Start.AddHours(1));
        Assert.Equal(DriftEntry.ParameterChanged, Assert.Single(changed.Drift));

        var back = StatusChange.Reported(
            Propagated(changed, "aaaa", 3, Start.AddHours(2)),
            Key,
            Report("aaaa", 3, Start.AddHours(3)) with { Drift = ["limit is 5 USD, should be 10 USD"] },
            SpendBounds.Default,
            Start.AddHours(3));
        Assert.Equal<string>(["the parameter was changed or deleted by hand", "limit is 5 USD, should be 10 USD"], back.Drift.Select(found => found.Message));
        Assert.Equal((AccountState.Applied, Start.AddHours(3), (TimeSpan?)null), (back.State, back.DriftSeenAt, back.Latency));

        var calm = Reported(back, "aaaa", 3, Start.AddDays(1));
        Assert.Equal((0, Start.AddHours(3)), (calm.Drift.Length, calm.DriftSeenAt));
    }

    [Fact]
    public void A_report_that_overtakes_the_record_of_its_own_parameter_leaves_no_drift_behind()
    {
        var early = Reported(Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start), "bbbb", 2, Start.AddSeconds(1));
        var told = Propagated(early, "bbbb", 2, Start.AddSeconds(2));
        Assert.Equal((AccountState.Applied, 0, (DateTimeOffset?)null), (told.State, told.Drift.Length, told.DriftSeenAt));
    }

    [Fact]
    public void A_crash_makes_an_account_failed_unless_a_later_report_is_known()
    {
        var applied = Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start.AddMinutes(1));
        Assert.Same(applied, StatusChange.Crashed(applied, Key, "timed out", Start, Start.AddMinutes(2)));
        var failed = StatusChange.Crashed(applied, Key, "timed out", Start.AddMinutes(2), Start.AddMinutes(2));
        Assert.Equal((AccountState.Failed, 1), (failed.State, failed.Attempts));
        Assert.Equal(AccountState.Applied, Reported(failed, "aaaa", 1, Start.AddMinutes(3)).State);
        // Whoever can put an event can say of when it is.
        var ahead = StatusChange.Crashed(applied, Key, "timed out", DateTimeOffset.MaxValue, Start.AddMinutes(2));
        Assert.Equal(Start.AddMinutes(2), ahead.ReportedAt);
    }

    [Fact]
    public void A_clock_that_runs_ahead_does_not_outlive_its_own_later_reports()
    {
        var ahead = StatusChange.Reported(Propagated(null, "aaaa", 1, Start), Key, Report("aaaa", 1, Start.AddYears(1)), SpendBounds.Default, Start);
        Assert.Equal(Start, ahead.ReportedAt);
        var later = StatusChange.Reported(ahead, Key, Report("aaaa", 1, Start.AddYears(1), ReportOutcome.Failed), SpendBounds.Default, Start.AddDays(1));
        Assert.Equal(AccountState.Failed, later.State);
    }

    [Fact]
    public void Applied_turns_unchecked_after_26_hours_without_a_report_and_not_before()
    {
        var applied = Reported(Propagated(null, "aaaa", 1, Start), "aaaa", 1, Start);
        Assert.Same(applied, StatusChange.Aged(applied, Start.AddHours(26)));
        Assert.Equal(AccountState.Unchecked, StatusChange.Aged(applied, Start.AddHours(26).AddTicks(1)).State);
    }

    [Fact]
    public void A_report_of_an_account_nobody_propagated_to_is_kept_and_claims_nothing()
    {
        var row = Reported(null, "aaaa", 1, Start);
        Assert.Equal((AccountState.Pending, "aaaa", (string?)null), (row.State, row.AppliedRevision, row.DesiredRevision));
    }

    [Fact]
    public void Reports_in_any_order_and_number_end_in_the_state_of_the_newest()
    {
        var reports =
            from versions in Gen.Choose(1, 4).NonEmptyListOf()
            from times in Gen.Choose(0, 50).ArrayOf(versions.Count)
            from outcomes in Gen.Elements(Enum.GetValues<ReportOutcome>()).ArrayOf(versions.Count)
            select versions.Select((number, index) => Report($"rev{number}", number, Start.AddSeconds(times[index]), outcomes[index]))
                .DistinctBy(report => (report.ParameterVersion, report.At))
                .ToList();
        var shuffled = from list in reports from again in Gen.Shuffle(list.Concat(list).ToArray()) select (list, again);
        Check.One(PropertyCases.Of(100), Prop.ForAll(Arb.From(shuffled), pair =>
        {
            var row = pair.again.Aggregate(
                Propagated(null, "rev4", 4, Start),
                (before, report) => StatusChange.Reported(before, Key, report, SpendBounds.Default, Start.AddDays(1)));
            var newest = pair.list.MaxBy(report => (report.ParameterVersion, report.At))!; // Not null: the list is never empty.
            Assert.Equal((newest.Revision, newest.At), (row.LastReport!.Revision, row.LastReport.At));
            Assert.Equal(newest.ParameterVersion == 4 ? StatusChange.StateOf(newest.Outcome) : AccountState.Propagated, row.State);
        }));
    }
}
