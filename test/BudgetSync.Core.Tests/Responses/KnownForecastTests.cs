using BudgetSync.Core.Reports;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Spend;
using static BudgetSync.Core.Tests.Responses.KnownSpendTests;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// As <see cref="KnownSpendTests"/>, where there is more to know than an amount: a forecast, a state that no amount explains, a limit of AWS's own.
/// </summary>
public sealed class KnownForecastTests
{
    private const string Armed = """[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string ByForecast = """[{"At":"110 FORECASTED","Do":"DENY_NEW","Mode":"ARMED"}]""";
    private const string ByState = """[{"At":"Over","Do":"QUARANTINE","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly SpokeWord Silent = new SpokeWord.Silent("the role cannot be assumed");

    /// <summary>A forecast falls by events alone in no restriction that follows from it.</summary>
    [Fact]
    public void What_was_forecast_is_known_too()
    {
        var account = new Spending(ByForecast);
        account.Word = Silent;
        Forecast(account, 500, 1300).Decide();
        account.Wait(Hour);
        Forecast(account, 500, 1300).Decide();
        Assert.Equal("InForce", account.Only.State.Name);

        Forecast(account, 500, 600).Decide();
        Assert.Equal(("InForce", 1300), (account.Only.State.Name, account.Only.Known?.Forecast));

        Raised(account, 1181, 500, memory => memory with { Forecast = 600 }, budget => budget with { ForecastedSpend = 600 });
        Assert.Equal("InForce", account.Decided());
        Raised(account, 1182, 500, memory => memory with { Forecast = 600 }, budget => budget with { ForecastedSpend = 600 });
        Assert.Equal("Revoked", account.Decided());
    }

    /// <summary>By our own forecast the state is Over, which no amount of AWS's says: nothing is concluded from amounts alone.</summary>
    [Fact]
    public void A_state_that_its_amounts_do_not_explain_ends_by_the_spokes_word_alone()
    {
        var account = new Spending(ByState);
        account.Spent(640, memory => memory with { State = SpendState.Over }).Decide();
        account.Wait(Hour).Spent(640, memory => memory with { State = SpendState.Over }).Decide();
        Assert.Equal(("InForce", true), (account.Only.State.Name, account.Only.Known?.IsPartial));

        account.Word = Silent;
        Assert.Equal("InForce", account.Spent(10).Decided());
        account.Word = Answer(account, 640);
        Assert.Equal("InForce", account.Decided());
        account.Spent(640, memory => memory with { State = SpendState.Under });
        Assert.Equal("Revoked", account.Decided());
    }

    /// <summary>A status from before amounts were kept knows nothing that a report that was made up could not have said.</summary>
    [Fact]
    public void What_began_before_anything_was_kept_ends_by_the_spokes_word_alone()
    {
        var account = InForce(Armed, 1050);
        account.Row = account.Row with { Restrictions = [account.Only with { Known = null }] };
        account.Word = Silent;

        Assert.Equal("InForce", account.Spent(10).Decided());
        Assert.Equal("InForce", account.Decided());
        account.Word = Answer(account, 10);
        Assert.Equal("Revoked", account.Decided());
    }

    /// <summary>Where the row leaves the limit to AWS, the limit too is what the spoke itself finds.</summary>
    [Theory]
    [InlineData(1000, 1050, "InForce")]
    [InlineData(1000, 0, "InForce")]
    [InlineData(5000, 0, "Revoked")]
    [InlineData(5000, 1050, "Revoked")]
    public void A_limit_that_is_AWSs_to_say_is_no_events_to_say(decimal limit, decimal actual, string state)
    {
        const string row = """
            {"AccountId":"111122223333","AutoAdjustData":{"AutoAdjustType":"FORECAST"},"Responses":[{"At":"100","Do":"DENY_NEW","Mode":"ARMED"}]}
            """;
        var account = new Spending(Armed, 1050) { RowText = row };
        account.Decide();
        account.After(Hour).Decide();
        Assert.Equal("InForce", account.Only.State.Name);

        account.Spent(1050, memory => memory with { Limit = 5000, State = SpendState.Under }, budget => budget with { Limit = 5000 });
        account.Word = new SpokeWord.Said(
            new Report
            {
                Outcome = ReportOutcome.Looked,
                Budgets = [Assert.Single(account.Row.Budgets) with { Limit = limit, ActualSpend = actual }],
                At = account.Now,
            },
            null);

        Assert.Equal(state, account.Decided());
    }

    /// <summary>What was spent last month says nothing of this one.</summary>
    [Fact]
    public void A_new_period_begins_with_nothing_known()
    {
        var account = new Spending("""[{"At":"100","Do":"DENY_NEW","Mode":"ARMED","Grace":"30d","Until":"MANUAL"}]""", 1050);
        Assert.Equal("Planned", account.Decided());

        account.Wait(TimeSpan.FromDays(20)).Spent(0).Decide();

        Assert.Equal("Cancelled", account.Only.State.Name);
    }

    private static Spending Forecast(Spending account, decimal actual, decimal forecast) => account.Spent(
        actual, memory => memory with { Forecast = forecast }, budget => budget with { ForecastedSpend = forecast });
}
