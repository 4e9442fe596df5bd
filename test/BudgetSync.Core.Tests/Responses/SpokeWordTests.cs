using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// What events say of an account frees nobody by itself: AWS certifies whose account an event is of, and not which function (EventBridge user guide, "AWS
/// service event metadata").
/// </summary>
public sealed class SpokeWordTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string Confirm = """[{"At":"100","Do":"DENY_NEW","Mode":"CONFIRM","Grace":"0m"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Whoever_decides_is_told_to_ask_before_anything_ends_by_what_events_say()
    {
        var account = InForce().Spent(10);
        var facts = account.Facts;

        var decision = ResponsePlan.Decide(facts, new ResponseContext(account.Now, Armed: true, Brake: null));

        Assert.True(decision.AsksSpoke);
        Assert.Empty(decision.Changes);
        Assert.False(ResponsePlan.Decide(facts with { Word = account.Word }, new ResponseContext(account.Now, Armed: true, Brake: null)).AsksSpoke);
    }

    [Fact]
    public void Nobody_is_asked_where_nothing_would_end()
    {
        foreach (var account in new[]
        {
            InForce(),
            new Spending(Armed, 10),
            new Spending("""[{"At":"100","Do":"DENY_NEW"}]""", 1050).Decided(out _).Spent(10),
            new Spending(Armed.Replace("}]", ",\"Until\":\"MANUAL\"}]", StringComparison.Ordinal), 1050).Decided(out _).After(Hour).Decided(out _).Spent(10),
        })
        {
            Assert.False(ResponsePlan.Decide(account.Facts, new ResponseContext(account.Now, Armed: true, Brake: null)).AsksSpoke);
        }
    }

    [Fact]
    public void What_the_spoke_confirms_ends()
    {
        var account = InForce().Spent(10);

        Assert.Equal("Revoked", account.Decided());
        Assert.Equal("", account.Only.HeldBack);
    }

    [Theory]
    [InlineData("silent", "the role cannot be assumed")]
    [InlineData("another period", "it finds another limit or period")]
    [InlineData("zero", "AWS shows no spend, as while it computes the budget anew, and 1,050 USD are known of the period")]
    [InlineData("nothing yet", "AWS shows no spend, as while it computes the budget anew, and 1,050 USD are known of the period")]
    [InlineData("missing", "it does not find the budget")]
    [InlineData("none", "it does not find the budget")]
    public void What_the_spoke_does_not_confirm_stays_and_the_ledger_says_why(string answer, string why)
    {
        var account = InForce().Spent(10);
        account.Word = Answer(account, answer);

        Assert.Equal("InForce", account.Decided());
        Assert.Equal("InForce", account.Decided());

        Assert.Contains(why, account.Only.HeldBack, StringComparison.Ordinal);
        Assert.Contains("which is below 100", Assert.Single(account.Ledger, entry => entry.What == LedgerEntry.HeldBack).Text, StringComparison.Ordinal);
        account.Spent(1050).Decide();
        Assert.Equal("", account.Only.HeldBack);
    }

    /// <summary>Also what had not begun yet: events that say less, again and again, do not keep it from beginning.</summary>
    [Fact]
    public void What_the_spoke_itself_says_goes_before_what_events_say()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.Spent(10).Word = new SpokeWord.Said(
            new Report { Outcome = ReportOutcome.Looked, Budgets = [Assert.Single(account.Row.Budgets) with { ActualSpend = 1040 }], At = account.Now }, null);

        Assert.Equal("Planned", account.Decided());
        Assert.Equal("InForce", account.After(Hour).Decided());
        Assert.Equal("InForce", account.Decided());
        Assert.Equal(("", 1040), (account.Only.HeldBack, account.Only.Known?.Actual));
    }

    [Fact]
    public void What_is_about_to_begin_neither_ends_nor_begins_while_the_spoke_says_nothing()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.Spent(10).Word = new SpokeWord.Silent("the role cannot be assumed");

        for (var hour = 0; hour < 3; hour++) Assert.Equal("Planned", account.After(Hour).Decided());
        Assert.Equal("InForce", account.Spent(1050).Decided());
    }

    [Fact]
    public void What_waits_for_approval_is_given_up_in_time_although_the_spoke_says_nothing()
    {
        var account = new Spending(Confirm, 1050);
        Assert.Equal("AwaitingApproval", account.Decided());
        account.Spent(10).Word = new SpokeWord.Silent("the role cannot be assumed");

        Assert.Equal("AwaitingApproval", account.After(Hour).Decided());
        Assert.Equal("Cancelled", account.After(TimeSpan.FromHours(24)).Decided());
    }

    [Fact]
    public void A_person_a_row_and_a_snooze_need_no_word_of_the_spoke()
    {
        foreach (var free in new Action<Spending>[]
        {
            account => account.Lift(),
            account => account.Respond("[]"),
            account => account.Respond(Armed, ",\"Snooze\":{\"Until\":\"2026-11-20\",\"Why\":\"test\"}"),
        })
        {
            var account = InForce().Spent(10);
            account.Word = new SpokeWord.Silent("the role cannot be assumed");
            free(account);
            Assert.Equal("Revoked", account.Decided());
        }
    }

    [Fact]
    public void A_report_without_the_budget_ends_nothing_while_the_rows_ask_for_it()
    {
        var account = InForce();
        account.Row = account.Row with { Spend = [], Budgets = [] };

        Assert.Equal("InForce", account.Decided());
    }

    /// <summary>A period that ended sooner would end the restriction with it.</summary>
    [Fact]
    public void Amounts_of_a_period_that_is_not_the_rows_own_begin_and_end_nothing()
    {
        var account = new Spending(Armed);
        var shorter = new BudgetPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 13));
        account.Spent(1050, memory => memory with { Period = shorter }, budget => budget with { Period = shorter });

        Assert.Equal("", account.Decided());
    }

    private static Spending InForce()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour).Decide();
        Assert.Equal("InForce", account.Only.State.Name);
        return account;
    }

    private static SpokeWord Answer(Spending account, string answer)
    {
        if (answer == "silent") return new SpokeWord.Silent("the role cannot be assumed");
        var truth = Assert.Single(account.Row.Budgets);
        var period = new BudgetPeriod(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 13));
        EquatableArray<ReportedBudget> budgets = answer switch
        {
            "zero" => [truth with { ActualSpend = 0 }],
            "nothing yet" => [truth with { ActualSpend = null }],
            "another period" => [truth with { Period = period }],
            "missing" => [truth with { Missing = true }],
            _ => [],
        };
        return new SpokeWord.Said(new Report { Outcome = ReportOutcome.Looked, Budgets = budgets, At = account.Now }, null);
    }
}
