using System.Text;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Reconcile;

/// <summary>What is asked of models while an account's rows are wrong (AI.md, "Rows that are wrong").</summary>
public sealed class AmendedModelsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);

    private static readonly AiSubject Alice = AiSubject.Parse("user/alice")!; // It is one.

    [Fact]
    public void What_was_carried_already_costs_no_call_and_what_is_asked_then_does_one()
    {
        var row = Carried(Row());
        Assert.IsType<ReconcileDecision.Leave>(Decide(Rejected(row), Now.AddDays(2)));

        Assert.False(Assert.IsType<ReconcileDecision.Amend>(Decide(Rejected(StatusChange.Switched(row, armed: false)), Now)).Renew);
        Assert.IsType<ReconcileDecision.Amend>(Decide(Rejected(StatusChange.AiAsked(row, Restore(), Now)), Now));
        Assert.IsType<ReconcileDecision.Amend>(Decide(Rejected(row), Now, snoozed: new DateOnly(2026, 11, 30)));
        // The organization denies for the account's cap, or does no more.
        var cap = new Restriction("r-000000000001", AiPolicy.CapBudget, AiCap.Rule, new RestrictionState.InForce(Now))
        {
            ConfirmedAt = Now,
        };
        Assert.IsType<ReconcileDecision.Amend>(Decide(Rejected(row with { Restrictions = [cap] }), Now));
        // Who meters no models, and who has no parameter of ours, is written nothing.
        Assert.IsType<ReconcileDecision.Leave>(Decide(Rejected(row with { Meters = false, AiStopped = true }), Now));
        Assert.IsType<ReconcileDecision.Leave>(Decide(Rejected(row with { PropagatedAt = null, AiStopped = true }), Now));
        // A status of before this was kept is looked at once.
        Assert.IsType<ReconcileDecision.Amend>(Decide(Rejected(row with { AiCarried = null }), Now));
    }

    [Fact]
    public void What_is_written_is_done_and_what_came_meanwhile_is_next()
    {
        var stopped = StatusChange.Switched(Rejected(Carried(Row())), armed: false);
        var amended = StatusChange.Amended(stopped, stopped, ["wrong"], null, "aaaa", 7, null, Now);
        Assert.Equal((0, (DateTimeOffset?)null, ""), (amended.Attempts, amended.NextAttemptAt, amended.AiNotCarried));
        Assert.IsType<ReconcileDecision.Leave>(Decide(amended, Now.AddDays(1)));

        var overtaken = StatusChange.Amended(StatusChange.AiAsked(stopped, Restore(), Now), stopped, ["wrong"], null, "aaaa", 7, null, Now);
        Assert.IsType<ReconcileDecision.Amend>(Decide(overtaken, Now));
    }

    [Fact]
    public void What_cannot_be_written_says_why_and_is_tried_ever_more_rarely_and_at_once_when_more_is_asked()
    {
        var stopped = StatusChange.Switched(Rejected(Carried(Row())), armed: false);
        var failed = StatusChange.NotAmended(stopped, ["wrong"], "AWS is away", null, null, Now);
        Assert.Equal("the rows of the account are wrong, and AWS is away", failed.AiNotCarried);
        Assert.IsType<ReconcileDecision.Leave>(Decide(failed, Now.AddMinutes(14)));
        Assert.IsType<ReconcileDecision.Amend>(Decide(failed, Now.AddMinutes(15)));
        Assert.Equal(Now.AddMinutes(30), StatusChange.NotAmended(failed, ["wrong"], "AWS is away", null, null, Now).NextAttemptAt);

        Assert.IsType<ReconcileDecision.Amend>(Decide(StatusChange.AiAsked(failed, Restore(), Now), Now));
        Assert.IsType<ReconcileDecision.Amend>(Decide(StatusChange.Switched(failed, armed: true) with { AiStopped = true }, Now));
        Assert.IsType<ReconcileDecision.Amend>(
            Decide(StatusChange.Responded(failed, [], [], [], armed: true) with { AiStopped = true }, Now));
        // Rows that are right again are propagated with it.
        Assert.Equal("", StatusChange.Propagated(failed, failed.Key, new("{}", "bbbb", [], OnDelete.REVERT), 8, null, Now).AiNotCarried);
    }

    /// <summary>A parameter holds 4,096 or 8,192 bytes: the newest requests have their place, and the kill switch always.</summary>
    [Fact]
    public void A_document_says_what_is_asked_now_beside_the_budgets_that_it_has_and_fits()
    {
        var desired = Given.Desired("""{"BudgetValue":1,"Ai":{"Default":{"Mode":"ARMED"}},"Snooze":{"Until":"2026-11-30","Why":"load test"}}""");
        var text = ParameterDocument.Format(desired.Budgets, [], desired.Ai);
        var travel = new AiTravel([Restore()], Stopped: true, AccountDenied: true, SnoozedThrough: null);

        var amended = ParameterDocument.Amended(text, [], travel, Given.Account, Given.Defaults);

        Assert.Equal(ParameterDocument.Format(desired.Budgets, [], desired.Ai!.With(travel)), amended);
        Assert.Contains("\"Stopped\":true", amended, StringComparison.Ordinal);
        Assert.DoesNotContain("SnoozedThrough", amended, StringComparison.Ordinal);
        // What says nothing of models goes on saying nothing.
        var without = ParameterDocument.Format(desired.Budgets);
        Assert.Equal(without, ParameterDocument.Amended(without, [], travel, Given.Account, Given.Defaults));

        var many = travel with { Requests = [.. Enumerable.Range(0, 60).Select(number => Restore() with { Why = $"{number} {new string('x', 190)}" })] };
        var fitting = ParameterDocument.Amended(text, [], many, Given.Account, Given.Defaults)!; // It can be read.
        Assert.InRange(Encoding.UTF8.GetByteCount(fitting), AwsLimits.ParameterBytes - 400, AwsLimits.ParameterBytes);
        Assert.Contains("\"59 xxx", fitting, StringComparison.Ordinal);
        Assert.DoesNotContain("\"0 xxx", fitting, StringComparison.Ordinal);
    }

    private static ReconcileDecision Decide(StatusRow row, DateTimeOffset now, DateOnly? snoozed = null) => ReconcilePlan.Decide(
        new AccountSnapshot(AccountId.Parse(row.Key), AccountStanding.Active, HasRow: true, [], new Intent.Refuse(["wrong"]) { SnoozedThrough = snoozed }),
        row,
        now);

    private static StatusRow Carried(StatusRow row) => row with { AiCarried = ParameterDocument.Digest(row.AiTravelOf(null)) };

    private static StatusRow Rejected(StatusRow row) => StatusChange.Rejected(row, row.Key, ["wrong"], null, Now);

    private static AiRequest Restore() => new(Alice, AiRequestKind.Restore, Now, "jane", "a slip");

    private static StatusRow Row()
    {
        var line = new AiLine(Alice, AiWindow.ThirtyDays.Of(Now), 2, 1, ResponseMode.ARMED, new AiState.Suspended(Now));
        return new StatusRow
        {
            Key = "111122223333",
            State = AccountState.Applied,
            FirstSeenAt = Now,
            ItemVersion = 1,
            PropagatedAt = Now.AddHours(-1),
            ReportedAt = Now.AddHours(-1),
            Meters = true,
            Ai = new AiReport(Now) { Lines = [line] },
        };
    }
}
