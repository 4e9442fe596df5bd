using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>What a report has no room for, and what no report told: neither counts as given back, or is lost to the ledger, by silence.</summary>
public sealed class UnsaidRestrictionTests
{
    private static readonly EquatableArray<RestrictedResource> Bound = [new("arn:aws:iam::111122223333:role/true", "without DenyNew")];

    [Fact]
    public void A_report_that_is_full_gives_nothing_back_by_silence()
    {
        var account = InForce().Lift();
        ReportedRestriction[] full =
        [
            .. Enumerable.Range(0, ReportedRestriction.Most).Select(number => new ReportedRestriction($"r-{number:000000000000}", RestrictionOutcome.Failed)),
        ];

        Answer(account, [.. full]);
        Assert.Equal("Revoked", account.Only.State.Name);
        Assert.Contains("has no room for more", Assert.Single(account.Only.Remarks), StringComparison.Ordinal);

        Answer(account, [new ReportedRestriction(account.Only.Id, RestrictionOutcome.Lifted), .. full[1..]]);
        Assert.Equal("Lifted", account.Only.State.Name);
    }

    /// <summary>The run that bound them was ended before it could report.</summary>
    [Fact]
    public void What_no_report_told_is_recorded_once_by_the_spokes_answer()
    {
        var account = InForce();
        account.Ledger.Clear();

        Answer(account, [Holding(account)]);
        Answer(account, [Holding(account)]);

        var entry = Assert.Single(account.Ledger);
        Assert.Equal((LedgerEntry.Held, "DENY_NEW at 100: 1 held, by its spoke's own answer"), (entry.What, entry.Text));
        Assert.Equal(["arn:aws:iam::111122223333:role/true was without DenyNew"], entry.Facts);
    }

    [Fact]
    public void What_a_report_told_and_what_this_very_look_did_is_not_recorded_twice()
    {
        var account = InForce();
        Answer(account, [Holding(account) with { Did = Bound }]);
        account.Reported(new ReportedRestriction(account.Only.Id, RestrictionOutcome.InForce) { Did = Bound });

        Answer(account, [Holding(account)]);

        Assert.DoesNotContain(account.Ledger, entry => entry.What == LedgerEntry.Held);
    }

    private static ReportedRestriction Holding(Spending account) => new(account.Only.Id, RestrictionOutcome.InForce) { Holds = Bound };

    private static void Answer(Spending account, EquatableArray<ReportedRestriction> restrictions)
    {
        account.Wait(TimeSpan.FromMinutes(1));
        var report = new Report { Outcome = ReportOutcome.Looked, Restrictions = restrictions, At = account.Now };
        account.Row = StatusChange.SpokeAnswered(account.Row, report, account.Now);
        account.Ledger.AddRange(account.Row.Unrecorded);
        account.Row = StatusChange.Recorded(account.Row, [.. account.Row.Unrecorded]);
    }

    private static Spending InForce()
    {
        var account = new Spending("""[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        return account;
    }
}
