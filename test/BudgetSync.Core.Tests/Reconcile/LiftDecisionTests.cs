using BudgetSync.Core.Organization;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Tests.Reconcile;

/// <summary>What reconcile does about an account whose rows are wrong while something is being given back (RESPONSES.md, "Rows that are wrong").</summary>
public sealed class LiftDecisionTests
{
    private const string One = "r-000000000001";
    private const string Two = "r-000000000002";
    private static readonly AccountId Account = AccountId.Parse("111122223333");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ResponseRule Deny = new(new ResponseTrigger.State(TriggerState.Over), RestrictionKind.DENY_NEW);

    /// <summary>Of its document nothing else is to change, and no other account is written to for rows that are wrong.</summary>
    [Theory]
    [InlineData("Applied")]
    [InlineData("Propagated")]
    [InlineData("Rejected")]
    public void What_a_spoke_is_giving_back_is_taken_out_of_its_parameter_at_once(string state) =>
        Lifts(renew: false, Row(new RestrictionState.Revoked(Now, "a slip")) with { State = Enum.Parse<AccountState>(state) }, Now);

    [Fact]
    public void Nothing_is_taken_out_where_nothing_of_the_spoke_is_being_given_back()
    {
        var revoked = new RestrictionState.Revoked(Now, "a slip");
        var ofOrganization = Restriction(One, revoked) with { Rule = Deny with { Binding = true } };
        foreach (var row in new[]
        {
            Row(new RestrictionState.InForce(Now)), Row(new RestrictionState.Lifted(Now, "a slip")), Row(revoked) with { Restrictions = [ofOrganization] },
        })
        {
            var record = Assert.IsType<ReconcileDecision.Record>(Decide(row, Now));
            Assert.Equal(AccountState.Rejected, record.Row.State);
            Assert.IsType<ReconcileDecision.Leave>(Decide(record.Row, Now.AddDays(1)));
        }
    }

    [Fact]
    public void What_was_taken_out_is_waited_for_and_written_again_where_the_spoke_says_nothing()
    {
        var amended = Amended(Row(new RestrictionState.Revoked(Now, "a slip")));
        Assert.Equal((AccountState.Rejected, null, 7L), (amended.State, amended.DesiredRevision, amended.ParameterVersion));
        Assert.Equal("aaaa", amended.RecentRevisions.Items[0]);
        Assert.IsType<ReconcileDecision.Leave>(Decide(amended, Now.AddMinutes(14)));
        Lifts(renew: true, amended, Now.AddMinutes(15));
        // A person who asks does not wait.
        Assert.True(Assert.IsType<ReconcileDecision.Amend>(ReconcilePlan.Decide(Snapshot, amended, Now, asked: true)).Renew);
        // Somebody cannot be freed, which the spoke tries itself with each look: only that it is not asked for any more is looked at.
        Lifts(renew: false, amended with { ReportedAt = Now.AddMinutes(1) }, Now.AddMinutes(15));
    }

    [Fact]
    public void Other_reasons_are_recorded_meanwhile_and_do_not_end_the_wait()
    {
        var amended = Amended(Row(new RestrictionState.Revoked(Now, "a slip")));
        var record = Assert.IsType<ReconcileDecision.Record>(ReconcilePlan.Decide(
            Snapshot with { Intent = new Intent.Refuse(["TimeUnit: missing"]) }, amended, Now.AddMinutes(1)));
        Assert.Equal((amended.NextAttemptAt, 1), (record.Row.NextAttemptAt, record.Row.Attempts));
    }

    [Fact]
    public void What_is_given_back_needs_no_other_try()
    {
        var amended = Amended(Row(new RestrictionState.Revoked(Now, "a slip")));
        var lifted = StatusChange.SpokeAnswered(amended, new Report { Revision = "aaaa", Outcome = ReportOutcome.Applied, At = Now, Restrictions = [] }, Now);
        Assert.IsType<RestrictionState.Lifted>(Assert.Single(lifted.Restrictions).State);
        var record = Assert.IsType<ReconcileDecision.Record>(Decide(lifted, Now));
        Assert.Equal((0, (DateTimeOffset?)null), (record.Row.Attempts, record.Row.NextAttemptAt));
        Assert.IsType<ReconcileDecision.Leave>(Decide(record.Row, Now.AddDays(1)));
    }

    /// <summary>Also what a person lifts while the first is being taken out: whoever writes the parameter then has not seen it.</summary>
    [Fact]
    public void What_is_lifted_later_waits_for_nothing_that_was_tried_before()
    {
        var row = Row(new RestrictionState.Revoked(Now, "a slip"));
        row = row with { Restrictions = [.. row.Restrictions, Restriction(Two, new RestrictionState.InForce(Now))] };
        var amended = Amended(row);
        Assert.IsType<ReconcileDecision.Leave>(Decide(amended, Now));
        Assert.IsType<ReconcileDecision.Amend>(Decide(StatusChange.LiftAsked(amended, Two, "jane", "a slip", Now), Now));

        var overtaken = StatusChange.LiftAsked(row, Two, "jane", "a slip", Now);
        Assert.IsType<ReconcileDecision.Amend>(Decide(StatusChange.Amended(overtaken, row, ["wrong"], null, "aaaa", 7, null, Now), Now));
    }

    [Fact]
    public void What_cannot_be_taken_out_says_why_and_is_tried_ever_more_rarely()
    {
        var failed = StatusChange.NotAmended(Row(new RestrictionState.Revoked(Now, "a slip")), ["wrong"], "AWS is away", null, null, Now);
        Assert.Equal("the rows of the account are wrong, and AWS is away", Assert.Single(Assert.Single(failed.Restrictions).Remarks));
        Assert.Equal(Now.AddMinutes(15), failed.NextAttemptAt);
        Assert.Equal(Now.AddMinutes(30), StatusChange.NotAmended(failed, ["wrong"], "AWS is away", null, null, Now).NextAttemptAt);
        Assert.IsType<ReconcileDecision.Leave>(Decide(failed, Now));
        Assert.IsType<ReconcileDecision.Amend>(Decide(failed, Now.AddMinutes(15)));
    }

    private static AccountSnapshot Snapshot => new(Account, AccountStanding.Active, HasRow: true, [], new Intent.Refuse(["wrong"]));

    private static ReconcileDecision Decide(StatusRow row, DateTimeOffset now) => ReconcilePlan.Decide(Snapshot, row, now);

    private static void Lifts(bool renew, StatusRow row, DateTimeOffset now) =>
        Assert.Equal(renew, Assert.IsType<ReconcileDecision.Amend>(Decide(row, now)).Renew);

    private static StatusRow Amended(StatusRow row) => StatusChange.Amended(row, row, ["wrong"], null, "aaaa", 7, null, Now);

    private static Restriction Restriction(string id, RestrictionState state) => new(id, "team-a", Deny, state) { PeriodEnd = new(2026, 4, 1) };

    private static StatusRow Row(RestrictionState state) => new()
    {
        Key = Account.Value,
        State = AccountState.Applied,
        FirstSeenAt = Now,
        Restricts = true,
        ParameterVersion = 6,
        PropagatedAt = Now.AddHours(-1),
        ReportedAt = Now.AddHours(-1),
        Restrictions = [Restriction(One, state)],
    };
}
