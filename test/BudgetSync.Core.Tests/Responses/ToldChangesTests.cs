using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>Whoever may put events on the account's bus neither fills the ledger nor tells people without end.</summary>
public sealed class ToldChangesTests
{
    [Fact]
    public void Events_leave_so_many_entries_in_an_hour_and_one_that_says_so()
    {
        var account = InForce();
        account.Ledger.Clear();

        for (var number = 0; number < 200; number++) Tell(account, number, RestrictionOutcome.InForce);

        Assert.Equal(ToldChanges.Most, account.Ledger.Count(entry => entry.What == LedgerEntry.Done));
        Assert.Equal(LedgerEntry.Omitted, account.Ledger[^1].What);
        Assert.Equal(ToldChanges.Most + 1, account.Ledger.Count);

        account.Wait(TimeSpan.FromHours(1));
        Tell(account, 200, RestrictionOutcome.InForce);
        Assert.Equal(LedgerEntry.Done, account.Ledger[^1].What);
    }

    [Fact]
    public void Nor_do_events_that_say_now_this_and_now_that()
    {
        var account = InForce();
        account.Ledger.Clear();

        for (var number = 0; number < 200; number++)
            Tell(account, number, number % 2 == 0 ? RestrictionOutcome.Failed : RestrictionOutcome.InForce);

        Assert.InRange(account.Ledger.Count, ToldChanges.Most, ToldChanges.Most + 2);
        Assert.True(account.Only.State.IsDesired);
    }

    /// <summary>The spoke's own answer counts, however much events have told.</summary>
    [Fact]
    public void What_the_spoke_answers_is_always_taken()
    {
        var account = InForce();
        for (var number = 0; number < 100; number++) Tell(account, number, RestrictionOutcome.InForce);
        account.Lift();

        account.Row = StatusChange.SpokeAnswered(
            account.Row, new Report { Outcome = ReportOutcome.Looked, Restrictions = [], At = account.Now }, account.Now);

        Assert.Equal("Lifted", account.Only.State.Name);
        Assert.Equal(account.Now, account.Row.AskedAt);
    }

    /// <summary>Forty that were made up, and then the true one: what the spoke holds is told by itself when it is asked, once.</summary>
    [Fact]
    public void What_was_really_done_is_recorded_by_the_spokes_answer_when_events_told_too_much()
    {
        var account = InForce();
        for (var number = 0; number < 100; number++) Tell(account, number, RestrictionOutcome.InForce);
        Assert.True(account.Row.Told?.IsMissed);
        account.Ledger.Clear();
        account.Wait(TimeSpan.FromHours(2));

        Answer(account);
        Answer(account);

        var entry = Assert.Single(account.Ledger);
        Assert.Equal((LedgerEntry.Held, account.Only.Id, "DENY_NEW at 100: 3 held, by its spoke's own answer"), (entry.What, entry.Restriction, entry.Text));
        Assert.Equal(["arn:aws:iam::111122223333:role/true was without DenyNew", "and 2 more"], entry.Facts);
    }

    /// <summary>The event of the same look is not taken then.</summary>
    [Fact]
    public void What_the_asked_look_did_is_recorded_by_its_answer_while_the_hour_is_full()
    {
        var account = InForce();
        Answer(account, did: true);
        Assert.DoesNotContain(account.Ledger, entry => entry.What == LedgerEntry.Done);
        for (var number = 0; number < 100; number++) Tell(account, number, RestrictionOutcome.InForce);

        Answer(account, did: true);

        Assert.Contains(
            account.Ledger, entry => entry.What == LedgerEntry.Done && entry.Facts.Contains("arn:aws:iam::111122223333:role/true was without DenyNew"));
    }

    private static void Answer(Spending account, bool did = false)
    {
        EquatableArray<RestrictedResource> bound = [new("arn:aws:iam::111122223333:role/true", "without DenyNew")];
        var told = new ReportedRestriction(account.Only.Id, RestrictionOutcome.InForce) { Did = did ? bound : [], Holds = bound, HoldsOmitted = 2 };
        account.Wait(TimeSpan.FromMinutes(1));
        account.Row = StatusChange.SpokeAnswered(
            account.Row, new Report { Outcome = ReportOutcome.Looked, Restrictions = [told], At = account.Now }, account.Now);
        account.Ledger.AddRange(account.Row.Unrecorded);
        account.Row = StatusChange.Recorded(account.Row, [.. account.Row.Unrecorded]);
    }

    private static void Tell(Spending account, int number, RestrictionOutcome outcome)
    {
        account.Wait(TimeSpan.FromSeconds(1));
        var told = new ReportedRestriction(account.Only.Id, outcome)
        {
            Did = outcome == RestrictionOutcome.InForce ? [new RestrictedResource($"arn:aws:iam::111122223333:role/r{number}", "free")] : [],
            Reasons = outcome == RestrictionOutcome.Failed ? ["no"] : [],
        };
        var report = new Report { Outcome = ReportOutcome.Looked, Restrictions = [told], At = account.Now };
        account.Row = StatusChange.Looked(account.Row, account.Account.Value, report, SpendBounds.Default, account.Now);
        account.Ledger.AddRange(account.Row.Unrecorded);
        account.Row = StatusChange.Recorded(account.Row, [.. account.Row.Unrecorded]);
    }

    private static Spending InForce()
    {
        var account = new Spending("""[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        Assert.Equal("InForce", account.Only.State.Name);
        return account;
    }
}
