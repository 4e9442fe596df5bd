using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Status;
using BudgetSync.Core.Tests.Rows;

namespace BudgetSync.Core.Tests.Responses;

public sealed class ResponsePlanTests
{
    private const string Watch = """[{"At":"Over","Do":"DENY_NEW"}]""";

    private const string Confirm = """[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]""";

    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_row_that_only_watches_says_what_it_would_do_and_never_does_it()
    {
        var account = new Spending(Watch, 1210);

        Assert.Equal("Watched", account.Decided());
        Assert.Equal("Watched", account.After(TimeSpan.FromDays(3)).Decided());
        Assert.Empty(account.Row.Travelling);
        Assert.Equal(
            "DENY_NEW at Over would be planned; the row only watches | SpokeAccountBudget is Critical: 1,210 USD (121.0 %) of 1,000 USD",
            $"{Assert.Single(account.Ledger).Text} | {account.Ledger[0].Facts[0]}");
    }

    [Theory]
    [InlineData("Over", "Over: 2 USD (0.2 %) of 1,000 USD, forecast 1,400 USD (140.0 %)", 1400)]
    [InlineData("110 FORECASTED", "Over: 2 USD (0.2 %) of 1,000 USD, forecast 1,400 USD (140.0 %)", 1400)]
    [InlineData("Over", "Over: 2 USD (0.2 %) of 1,000 USD; forecast of our own 105.0 % is above 100", null)]
    [InlineData("Runway 5", "Over: 2 USD (0.2 %) of 1,000 USD, which runs out on 2026-11-15", null)]
    public void A_reason_says_what_is_expected_where_that_decides_and_not_what_is_spent(string at, string fact, int? forecast)
    {
        var account = new Spending($$"""[{"At":"{{at}}","Do":"DENY_NEW"}]""").Spent(2, memory => memory with { State = SpendState.Over, Forecast = forecast });
        account.Row = account.Row with
        {
            Spend =
            [
                account.Row.Spend[0] with { Why = ["forecast of our own 105.0 % is above 100"], RunwayDays = 3, ExhaustedOn = new DateOnly(2026, 11, 15) },
            ],
        };

        Assert.Equal("Watched", account.Decided());
        Assert.Equal($"SpokeAccountBudget is {fact}", account.Ledger[0].Facts[0]);
    }

    [Fact]
    public void What_is_armed_is_planned_and_begins_after_its_grace()
    {
        var account = new Spending(Armed, 1050);

        Assert.Equal("Planned", account.Decided());
        Assert.Empty(account.Row.Travelling);
        Assert.Equal("Planned", account.After(TimeSpan.FromMinutes(59)).Decided());
        Assert.Equal("InForce", account.After(TimeSpan.FromMinutes(1)).Decided());
        var travelling = Assert.Single(account.Row.Travelling);
        Assert.Equal((RestrictionKind.DENY_NEW, account.Now), (travelling.Kind, travelling.Since));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), travelling.Until);
        Assert.Equal(["Planned", "InForce"], account.Ledger.Select(entry => entry.What));
    }

    [Fact]
    public void Deciding_again_changes_nothing_and_records_nothing()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        var before = account.Row;

        Assert.Empty(account.Decide().Changes);
        Assert.Same(before, account.Row);
    }

    [Fact]
    public void What_needs_a_person_begins_with_the_approval_and_not_before()
    {
        var account = new Spending(Confirm, 1050);
        account.Decide();

        Assert.Equal("AwaitingApproval", account.After(Hour).Decided());
        Assert.Equal("AwaitingApproval", account.After(Hour).Decided());
        Assert.Equal("InForce", account.Approve().Decided());
        Assert.Equal(["Planned", "AwaitingApproval", "Approved", "InForce"], account.Ledger.Select(entry => entry.What));
        Assert.Equal([Spending.Jane, Spending.Jane], account.Ledger.Skip(2).Select(entry => entry.By));
    }

    [Fact]
    public void What_no_person_approves_within_a_day_is_cancelled_for_the_period()
    {
        var account = new Spending(Confirm, 1050);
        account.Decide();
        account.After(Hour).Decide();

        Assert.Equal("Cancelled", account.After(TimeSpan.FromHours(24)).Decided());
        Assert.Equal("Cancelled", account.After(Hour).Decided());
        Assert.Equal("Planned", account.After(TimeSpan.FromDays(20)).Decided());
    }

    [Fact]
    public void A_state_that_falls_during_the_grace_cancels_and_one_that_rises_again_plans_anew()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();

        Assert.Equal("Cancelled", account.After(TimeSpan.FromMinutes(30)).Spent(700).Decided());
        Assert.Equal("Planned", account.After(Hour).Spent(1100).Decided());
    }

    [Fact]
    public void What_is_in_force_is_lifted_when_the_limit_was_raised_and_is_over_when_the_spoke_says_so()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();

        Assert.Equal("Revoked", account.Spent(700).Decided());
        Assert.Empty(account.Row.Travelling);
        Assert.Equal("Lifted", account.Wait(Hour).Reported().Decided());
    }

    [Fact]
    public void What_ends_with_the_period_says_so_to_the_spoke_and_is_lifted_at_its_end()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();

        Assert.Equal("Revoked", account.Wait(TimeSpan.FromDays(19)).Decided());
    }

    [Fact]
    public void What_ends_by_a_person_outlasts_its_period_and_does_not_begin_again_in_the_one_in_which_it_was_lifted()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Until":"MANUAL"}]""", 1050);
        account.Decide();
        account.After(Hour).Decide();
        Assert.Equal("InForce", account.After(TimeSpan.FromDays(20)).Spent(10).Decided());
        Assert.Equal("InForce", account.Spent(1050).Decided());

        Assert.Equal("Revoked", account.Lift().Decided());
        Assert.Equal("Lifted", account.Wait(Hour).Reported().Spent(1050).Decided());
        Assert.Equal("Lifted", account.After(TimeSpan.FromDays(5)).Decided());
    }

    [Fact]
    public void A_row_that_does_not_ask_for_it_any_more_lifts_it_and_one_that_is_wrong_leaves_it_as_it_is()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();

        Assert.Equal("InForce", account.Respond("""[{"At":"Ovr","Do":"DENY_NEW"}]""").Decided());
        Assert.Equal("InForce", account.Respond(Armed, ",\"Thresholds\":[-1]").Decided());
        Assert.Equal("Revoked", account.Respond("[]").Decided());
    }

    [Fact]
    public void A_row_that_watches_from_now_on_lifts_what_is_in_force()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();

        Assert.Equal("Revoked", account.Respond(Watch).Decided());
    }

    [Fact]
    public void A_snooze_cancels_what_is_planned_lifts_what_is_in_force_and_lets_nothing_begin()
    {
        const string snooze = ",\"Snooze\":{\"Until\":\"2026-11-20\",\"Why\":\"load test\"}";
        var planned = new Spending(Armed, 1050);
        planned.Decide();
        Assert.Equal("Cancelled", planned.Respond(Armed, snooze).Decided());
        Assert.Equal("Cancelled", planned.After(Hour).Decided());
        Assert.Equal("Planned", planned.After(TimeSpan.FromDays(9)).Decided());

        var inForce = new Spending("""[{"At":"Over","Do":"DENY_AI","Mode":"ARMED"},{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""", 1050);
        inForce.Decide();
        inForce.After(Hour).Decide();
        var text = inForce.RowText[..^1] + snooze + "}";
        inForce.RowText = text;
        inForce.Decide();
        Assert.Equal(
            ["DENY_AI Revoked", "QUARANTINE InForce"],
            inForce.Row.Restrictions.Select(restriction => $"{restriction.Rule.Do} {restriction.State.Name}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_snooze_that_cannot_be_read_lets_nothing_begin_either()
    {
        var account = new Spending(Armed, 1050).Respond(Armed, ",\"Snooze\":{\"Until\":\"soon\",\"Why\":\"load test\"}");

        Assert.Equal("", account.Decided());
    }

    [Theory]
    [InlineData("110", 1099, false)]
    [InlineData("110", 1100, true)]
    [InlineData("OnTarget", 800, true)]
    [InlineData("OnTarget", 799, false)]
    [InlineData("Critical", 1100, false)]
    [InlineData("Critical", 1300, true)]
    public void A_response_begins_at_its_trigger(string at, int actual, bool begins) =>
        Assert.Equal(begins ? "Watched" : "", new Spending($$"""[{"At":"{{at}}","Do":"DENY_NEW"}]""", actual).Decided());

    [Fact]
    public void A_forecast_and_a_runway_are_triggers_too()
    {
        var forecast = new Spending("""[{"At":"110 FORECASTED","Do":"DENY_NEW"}]""");
        Assert.Equal("", forecast.Spent(500, memory => memory with { Forecast = 1099 }).Decided());
        Assert.Equal("Watched", forecast.Spent(500, memory => memory with { Forecast = 1100 }).Decided());

        var runway = new Spending("""[{"At":"Runway 5","Do":"DENY_NEW"}]""", 600);
        Assert.Equal("", runway.Decided());
        runway.Row = runway.Row with { Spend = [runway.Row.Spend[0] with { RunwayDays = 5 }] };
        Assert.Equal("Watched", runway.Decided());
    }

    [Fact]
    public void The_management_account_is_never_restricted()
    {
        var account = new Spending(Armed, 1050, "999999999999");

        Assert.Equal("", account.Decided());
        Assert.Equal("", account.After(Hour).Decided());
    }

    public static TheoryData<string> Doubts() =>
        ["held", "blind", "no look", "no limit", "zero limit", "another limit", "another currency", "missing", "old period"];

    [Theory]
    [MemberData(nameof(Doubts))]
    public void Amounts_that_cannot_be_trusted_begin_nothing_and_lift_nothing(string doubt)
    {
        var fresh = new Spending(Armed);
        Doubtful(fresh, doubt, 1500);
        Assert.Equal("", fresh.Decided());

        var planned = new Spending(Armed, 1500);
        planned.Decide();
        planned.Wait(Hour);
        Doubtful(planned, doubt, 1500);
        planned.Word = new SpokeWord.Silent("the role cannot be assumed");
        Assert.Equal("Planned", planned.Decided());
        Assert.NotEmpty(planned.Only.HeldBack);

        var inForce = new Spending(Armed, 1500);
        inForce.Decide();
        inForce.After(Hour).Decide();
        Doubtful(inForce, doubt, 10);
        Assert.Equal("InForce", inForce.Decided());
    }

    [Fact]
    public void The_kill_switch_lets_nothing_begin_and_lifts_nothing()
    {
        var planned = new Spending(Armed, 1050);
        planned.Decide();
        planned.Armed = false;
        Assert.Equal("Planned", planned.After(Hour).Decided());
        Assert.Contains("stop-all", planned.Only.HeldBack, StringComparison.Ordinal);
        planned.Armed = true;
        Assert.Equal("InForce", planned.Decided());
        planned.Armed = false;
        Assert.Equal("InForce", planned.Decided());

        var approved = new Spending(Confirm, 1050);
        approved.Decide();
        approved.After(Hour).Decide();
        approved.Armed = false;
        Assert.Equal("AwaitingApproval", approved.Approve().Decided());
    }

    [Fact]
    public void A_look_at_one_account_begins_nothing_by_itself()
    {
        var account = new Spending(Armed, 1050) { Sweeps = false };
        account.Decide();

        Assert.Equal("Planned", account.After(Hour).Decided());
        account.Sweeps = true;
        Assert.Equal("InForce", account.Decided());
    }

    [Fact]
    public void A_spoke_that_does_not_restrict_is_asked_for_nothing()
    {
        var account = new Spending(Armed, 1050);
        account.Row = account.Row with { Restricts = false };
        account.Decide();

        Assert.Equal("Planned", account.After(Hour).Decided());
        Assert.Contains("respond=true", account.Only.HeldBack, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_spoke_could_not_do_is_said_and_stays_asked_for()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();
        var id = account.Only.Id;

        account.Wait(Hour).Reported(new ReportedRestriction(id, RestrictionOutcome.Failed)
        {
            Did = [new RestrictedResource("arn:aws:iam::111122223333:role/developer", "not attached")],
            Reasons = ["role/admin: LimitExceeded"],
        });

        Assert.Equal("Failed", account.Decided());
        Assert.Single(account.Row.Travelling);
        Assert.Equal(
            "DENY_NEW at Over: 1 changed | arn:aws:iam::111122223333:role/developer was not attached",
            $"{account.Ledger[^1].Text} | {account.Ledger[^1].Facts[0]}");
        Assert.Equal("InForce", account.Wait(Hour).Reported(new ReportedRestriction(id, RestrictionOutcome.InForce)).Decided());
    }

    [Fact]
    public void A_restriction_travels_only_when_the_ledger_holds_why()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour);
        var decision = account.Decide();

        var before = StatusChange.Responded(account.Row with { Restrictions = [] }, decision.Restrictions, decision.Changes, decision.Entries);

        Assert.Empty(before.Travelling);
        Assert.Single(StatusChange.Recorded(before, [.. before.Unrecorded]).Travelling);
    }

    [Fact]
    public void More_than_a_parameter_holds_is_held_back_and_the_budgets_stay()
    {
        string Row(int count) => $$"""{"AccountId":"111122223333","Responses":{{Armed}},"Budgets":[{"BudgetValue":1000}{{Budgets(count)}}]}""";
        var most = Enumerable.Range(1, 200).Last(count => Given.Resolve(Row(count)) is Resolution.Desired);
        var account = new Spending(Armed, 1050) { RowText = Row(most) };
        account.Decide();

        var held = account.After(Hour).Decided();

        Assert.Equal("Planned", held);
        Assert.Contains("no room", account.Only.HeldBack, StringComparison.Ordinal);

        static string Budgets(int count) =>
            string.Concat(Enumerable.Range(0, count).Select(number => $"{{\"BudgetName\":\"b{number}\",\"BudgetValue\":1000}}").Select(one => "," + one));
    }

    [Fact]
    public void Only_a_restriction_that_waits_is_approved_and_a_stale_approval_does_nothing()
    {
        var account = new Spending(Confirm, 1050);
        account.Decide();
        var before = account.Row;

        Assert.Same(before, StatusChange.Approved(before, account.Only.Id, Spending.Jane, account.Now));
        Assert.Same(before, StatusChange.Approved(before, "r-000000000000", Spending.Jane, account.Now));
    }

    private static void Doubtful(Spending account, string doubt, decimal actual) => account.Spent(
        actual,
        memory => doubt switch
        {
            "held" => memory with { Freshness = new Freshness.Held(account.Now, "UpdateBudget") },
            "blind" => memory with { Freshness = new Freshness.Blind([new BlindReason(BlindCause.Frozen, "stands still")]) },
            "no look" => memory with { LastLookAt = account.Now.AddHours(-49) },
            "no limit" => memory with { Limit = null },
            "zero limit" => memory with { Limit = 0 },
            "old period" => memory with { Period = new Core.Spend.BudgetPeriod(new DateOnly(2026, 10, 1), new DateOnly(2026, 11, 1)) },
            _ => memory,
        },
        budget => doubt switch
        {
            "no limit" => budget with { Limit = null },
            "zero limit" => budget with { Limit = 0 },
            "another limit" => budget with { Limit = 100 },
            "another currency" => budget with { Unit = "EUR" },
            "missing" => budget with { Missing = true },
            _ => budget,
        });
}
