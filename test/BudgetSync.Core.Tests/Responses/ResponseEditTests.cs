using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>Rows that are edited, and knowledge that changes, while restrictions are planned, awaited and in force.</summary>
public sealed class ResponseEditTests
{
    private const string Armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The brake needs an hour to see that many are about to begin by themselves, whatever they waited for before.</summary>
    [Theory]
    [InlineData(11.75)] // Planned: their grace is nearly over.
    [InlineData(13)] // Their approval is awaited.
    public void What_is_armed_by_an_edit_has_a_whole_grace_in_which_the_brake_sees_it(double hours)
    {
        const string confirm = """[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Grace":"12h"}]""";
        const string armed = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Grace":"1h"}]""";
        var accounts = Enumerable.Range(0, 1000).Select(number => new Spending(confirm, 1050, $"{222_200_000_000 + number}")).ToList();
        foreach (var account in accounts) account.Decide();
        foreach (var account in accounts) account.After(TimeSpan.FromHours(hours)).Decide();

        foreach (var account in accounts) account.Respond(armed).Decide();
        Assert.All(accounts, account => Assert.Equal(new RestrictionState.Planned(account.Now + Hour), account.Only.State));
        foreach (var account in accounts) account.After(TimeSpan.FromHours(12));
        var brake = MassBrake.Of([.. accounts.Select(account => account.Row)], accounts[0].Now);
        foreach (var account in accounts) account.Brake = brake;

        Assert.Equal((1000, true), (brake.Due, brake.IsOn));
        Assert.All(accounts, account => Assert.Equal("Planned", account.Decided()));
    }

    [Fact]
    public void A_longer_grace_postpones_and_a_shorter_one_does_not_hasten()
    {
        var account = new Spending(Armed, 1050);
        account.Decide();
        account.After(Hour / 2).Respond(Armed.Replace("ARMED\"", "ARMED\",\"Grace\":\"3h\"", StringComparison.Ordinal)).Decide();

        Assert.Equal(new RestrictionState.Planned(Spending.Noon + (3 * Hour)), account.Only.State);
        account.Respond(Armed).Decide();
        Assert.Equal(new RestrictionState.Planned(Spending.Noon + (3 * Hour)), account.Only.State);
    }

    /// <summary>An edit of whom it binds is another response: told, planned, approved and braked as a new one is.</summary>
    [Theory]
    [InlineData("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM"}]""")]
    [InlineData("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Roles":["batch","web"]}]""")]
    [InlineData("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Except":{"Roles":["web"]}}]""")]
    [InlineData("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Binding":true}]""")]
    public void Whom_it_binds_is_not_widened_while_it_is_in_force(string wider)
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"CONFIRM","Roles":["batch"]}]""", 1050);
        account.Decide();
        account.After(Hour).Decide();
        account.Approve().Decide();
        Assert.Equal(["batch"], Assert.Single(account.Row.Travelling).Binds.Roles);

        account.Respond(wider).After(Hour / 4).Decide();

        Assert.Empty(account.Row.Travelling);
        Assert.Equal(["Planned", "Revoked"], account.Row.Restrictions.Select(one => one.State.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["Planned", "Revoked"], account.Ledger.TakeLast(2).Select(entry => entry.What).Order(StringComparer.Ordinal));
        Assert.Contains(account.Ledger, entry => entry.Text.EndsWith("its row binds others by it now, which is planned anew", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("blind")]
    [InlineData("another limit")]
    [InlineData("below its trigger")]
    public void A_row_that_only_watches_from_now_on_restricts_nobody_whatever_is_known_of_amounts(string known)
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Until":"MANUAL"}]""", 1050);
        account.Decide();
        account.After(Hour).Decide();
        account.Respond("""[{"At":"Over","Do":"DENY_NEW","Until":"MANUAL"}]""").Wait(Hour);

        account.Spent(
            known == "below its trigger" ? 10 : 1050,
            memory => known == "blind" ? memory with { Freshness = new Freshness.Blind([new BlindReason(BlindCause.Frozen, "stands still")]) } : memory,
            budget => known == "another limit" ? budget with { Limit = 900 } : budget);

        Assert.Equal("Revoked", account.Decided());
        Assert.Empty(account.Row.Travelling);
    }

    /// <summary>To write out which budget is meant, where all are and there is one, changes nothing that is asked for.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_person_took_back_does_not_begin_again_when_the_row_writes_out_its_budget_or_leaves_it_out(bool named)
    {
        const string all = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""";
        const string one = """[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Budget":"SpokeAccountBudget"}]""";
        var account = new Spending(named ? one : all, 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        account.Lift().Reported();
        account.Respond(named ? all : one);

        for (var hour = 0; hour < 5; hour++) Assert.Equal("Lifted", account.After(TimeSpan.FromHours(1)).Decided());
    }

    [Fact]
    public void What_is_in_force_stays_when_the_row_writes_out_its_budget()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        account.After(TimeSpan.FromHours(1)).Decide();
        var id = account.Only.Id;
        account.Respond("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED","Budget":"SpokeAccountBudget"}]""");

        Assert.Equal("InForce", account.Decided());
        Assert.Equal(id, account.Only.Id);
    }

    [Fact]
    public void What_is_only_watched_now_and_fell_meanwhile_is_over_at_once()
    {
        var account = new Spending("""[{"At":"Over","Do":"DENY_NEW","Mode":"ARMED"}]""", 1050);
        account.Decide();
        account.Respond("""[{"At":"Over","Do":"DENY_NEW","Mode":"WATCH"}]""").Spent(500);

        Assert.Equal("Cancelled", account.Decided());
        Assert.Equal("Cancelled", account.Ledger[^1].What);
    }

    [Theory]
    [InlineData("WATCH", "ARMED")]
    [InlineData("ARMED", "WATCH")]
    public void Where_a_row_asks_for_the_same_of_all_budgets_and_of_this_one_what_is_meant_in_earnest_counts(string all, string one)
    {
        var account = new Spending(
            $$"""[{"At":"Over","Do":"DENY_NEW","Mode":"{{all}}"},{"At":"Over","Do":"DENY_NEW","Mode":"{{one}}","Budget":"SpokeAccountBudget"}]""", 1050);

        Assert.Equal("Planned", account.Decided());
        Assert.Equal("InForce", account.After(TimeSpan.FromHours(1)).Decided());
    }
}
