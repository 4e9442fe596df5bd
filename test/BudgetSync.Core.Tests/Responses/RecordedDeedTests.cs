using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// A report comes at least once and in any order (EventBridge user guide, "Amazon EventBridge events": delivery at least once), and two runs may tell what both
/// did: the ledger has each deed once (RESPONSES.md, "Brakes"), and what is so is by the last report.
/// </summary>
public sealed class RecordedDeedTests
{
    private static readonly EquatableArray<RestrictedResource> Two =
    [
        new("arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "running"), new("arn:aws:ec2:eu-west-1:111122223333:instance/i-2", "running"),
    ];

    [Fact]
    public void A_report_that_comes_twice_is_recorded_once_however_late()
    {
        var account = InForce();
        var (first, second) = (Done(account, Two), Done(account, [Two[0]]));

        foreach (var report in new[] { first, second, first, second, first }) Tell(account, report);

        Assert.Equal(["DENY_NEW at 100: 2 changed", "DENY_NEW at 100: 1 changed"], Deeds(account));
    }

    /// <summary>As seen on <c>budgetsync local --responses</c>: two entries of the same facts, 15 ms apart.</summary>
    [Fact]
    public void Runs_beside_each_other_that_did_the_same_are_one_deed_in_either_order()
    {
        foreach (var isTurned in new[] { false, true })
        {
            var account = InForce();
            var one = Done(account, Two) with { At = account.Now };
            var other = Done(account, [Two[1], Two[0]]) with { At = account.Now.AddMilliseconds(15) };
            account.Wait(TimeSpan.FromSeconds(1));

            foreach (var report in isTurned ? new[] { other, one } : [one, other]) Tell(account, report);

            Assert.Equal("DENY_NEW at 100: 2 changed", Assert.Single(Deeds(account)));
        }
    }

    /// <summary>A person started both again: a run that began after the report of the first stop and finds them running has stopped them again.</summary>
    [Fact]
    public void What_is_done_again_after_the_report_is_another_deed()
    {
        var account = InForce();
        var first = Done(account, Two);
        account.Wait(TimeSpan.FromSeconds(30));
        var again = Done(account, Two);

        Tell(account, first);
        Tell(account, again);

        Assert.Equal(2, Deeds(account).Count);
    }

    [Fact]
    public void What_two_runs_beside_each_other_did_differently_or_gave_back_is_all_recorded()
    {
        var account = InForce();
        var one = Done(account, Two);
        var back = Done(account, [.. Two.Select(two => two with { IsGivenBack = true })]);

        Tell(account, one);
        Tell(account, Done(account, [Two[0]]));
        Tell(account, back);

        Assert.Equal(["DENY_NEW at 100: 2 changed", "DENY_NEW at 100: 1 changed", "DENY_NEW at 100: 2 given back"], Deeds(account));
    }

    [Fact]
    public void A_look_that_comes_late_changes_no_state_and_what_it_did_is_recorded()
    {
        var account = InForce();
        var late = Done(account, Two, RestrictionOutcome.Failed);
        account.Wait(TimeSpan.FromMinutes(1));
        Tell(account, Done(account, []));
        var (before, remarks) = (account.Only.State, account.Only.Remarks);

        Tell(account, late);

        Assert.Equal((before, remarks), (account.Only.State, account.Only.Remarks));
        Assert.Equal("InForce", account.Only.State.Name);
        Assert.Equal("DENY_NEW at 100: 2 changed", Assert.Single(Deeds(account)));
        account.Wait(TimeSpan.FromMinutes(1));
        Tell(account, Done(account, [], RestrictionOutcome.Failed));
        Assert.Equal("Failed", account.Only.State.Name);
    }

    [Fact]
    public void When_it_began_to_restrict_travels_with_what_it_did()
    {
        var account = InForce();
        var (done, nothing) = (Done(account, Two), Done(account, []));

        Assert.Equal(done.RestrictsSince, Assert.IsType<ParsedReport.Read>(ReportJson.Parse(ReportJson.Format(done))).Report.RestrictsSince);
        Assert.Null(Assert.IsType<ParsedReport.Read>(ReportJson.Parse(ReportJson.Format(nothing))).Report.RestrictsSince);
    }

    /// <summary>Of a run of ten seconds that ends now.</summary>
    private static Report Done(
        Spending account, EquatableArray<RestrictedResource> did, RestrictionOutcome outcome = RestrictionOutcome.InForce) => new()
        {
            Outcome = ReportOutcome.Looked,
            RestrictsSince = account.Now.AddSeconds(-10),
            Restrictions =
            [
                new ReportedRestriction(account.Only.Id, outcome) { Did = did, Reasons = outcome == RestrictionOutcome.Failed ? ["no"] : [] },
            ],
            At = account.Now,
        };

    private static void Tell(Spending account, Report report)
    {
        account.Row = StatusChange.Looked(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);
        account.Ledger.AddRange(account.Row.Unrecorded);
        account.Row = StatusChange.Recorded(account.Row, [.. account.Row.Unrecorded]);
    }

    private static List<string> Deeds(Spending account) =>
        [.. account.Ledger.Where(entry => entry.What is LedgerEntry.Done or LedgerEntry.Undone).Select(entry => entry.Text)];

    private static Spending InForce()
    {
        var account = new Spending("""[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        account.Ledger.Clear();
        return account;
    }
}
