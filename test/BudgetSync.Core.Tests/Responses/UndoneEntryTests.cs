using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>The ledger says what was done and what was undone, each as it was (issue 14, "what was done and undone").</summary>
public sealed class UndoneEntryTests
{
    private static readonly RestrictedResource Taken = new("arn:aws:iam::111122223333:role/new", "without DenyNew");
    private static readonly RestrictedResource Freed = new("arn:aws:iam::111122223333:role/old", "with DenyNew") { IsGivenBack = true };

    /// <summary>One role cannot be freed, so the restriction is Failed to its spoke; the others are free.</summary>
    [Fact]
    public void What_was_given_back_beside_what_is_stuck_is_undone()
    {
        var account = InForce().Lift();

        account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.Failed) { Did = [Freed], Reasons = ["role/stuck is bound yet"] });

        Assert.Equal("Revoked", account.Only.State.Name);
        Assert.Equal((LedgerEntry.Undone, "DENY_NEW at 100: 1 given back"), Deed(account));
    }

    /// <summary>A person protects one of two instances while the restriction goes on.</summary>
    [Fact]
    public void What_a_restriction_takes_and_gives_back_in_one_run_has_an_entry_of_each_kind()
    {
        var account = InForce();

        account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.InForce) { Did = [Taken, Freed], Omitted = 5, OmittedGivenBack = 2 });

        Assert.Equal(
            ["DENY_NEW at 100: 4 changed", "DENY_NEW at 100: 3 given back"],
            account.Row.Unrecorded.Where(entry => entry.What is LedgerEntry.Done or LedgerEntry.Undone).Select(entry => entry.Text));
    }

    /// <summary>A spoke of before the member.</summary>
    [Fact]
    public void Of_a_lifted_one_all_is_undone()
    {
        var account = InForce().Lift();

        account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.Lifted) { Did = [Freed with { IsGivenBack = false }], Omitted = 2 });

        Assert.Equal((LedgerEntry.Undone, "DENY_NEW at 100: 3 given back"), Deed(account));
    }

    [Fact]
    public void What_was_given_back_and_has_no_room_in_a_report_is_counted_as_given_back()
    {
        var stuck = new ReportedRestriction("r-0123456789ab", RestrictionOutcome.Failed) { Did = [.. Enumerable.Repeat(Freed, 500)] };
        var report = new Report { Outcome = ReportOutcome.Failed, Restrictions = [stuck with { Did = [Taken, .. stuck.Did] }], At = Spending.Noon };

        var read = Assert.IsType<ParsedReport.Read>(ReportJson.Parse(ReportJson.Format(report))).Report.Restrictions!.Value[0];

        Assert.Equal((500, 1), (read.Did.Count(one => one.IsGivenBack) + read.OmittedGivenBack, read.Did.Count(one => !one.IsGivenBack)));
        Assert.Equal(read.OmittedGivenBack, read.Omitted);
        Assert.True(read.Omitted > 0);
    }

    /// <summary>Later runs name it again, with nothing to say of it, or with what is somebody else's by now.</summary>
    [Fact]
    public void What_has_ended_keeps_the_remarks_that_it_ended_with()
    {
        var account = InForce().Lift();
        account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.Lifted) { Reasons = ["a person attached DenyNew to role/worker"] });
        Assert.Equal("Lifted", account.Only.State.Name);

        account.Wait(TimeSpan.FromHours(4)).Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.Lifted));
        account.Wait(TimeSpan.FromHours(4)).Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.Failed) { Reasons = ["a later one's"] });

        Assert.Equal(["a person attached DenyNew to role/worker"], account.Only.Remarks);
    }

    private static (string What, string Text) Deed(Spending account)
    {
        var entry = Assert.Single(account.Row.Unrecorded, entry => entry.What is LedgerEntry.Done or LedgerEntry.Undone);
        return (entry.What, entry.Text);
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
