using BudgetSync.Core.Responses;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>
/// A restriction of runway whose state was once worse than its amounts and its pace explain: by our own forecast, or by days that events told and the spoke did
/// not. It ends as every other: by the spoke's word, and under a raised limit at once.
/// </summary>
public sealed class PartialPaceTests
{
    private const string Runway = """[{"At":"Runway 5","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>640 of 1,000 USD at 30 a day last twelve days; our own forecast alone says Over.</summary>
    [Fact]
    public void It_ends_by_the_spokes_word_when_the_state_falls()
    {
        var account = ByOurForecast(burn: 30);

        Assert.Equal("Revoked", Told(account, 640, burn: 30).Decided());
    }

    [Fact]
    public void It_stays_where_the_spoke_is_silent_or_finds_other_amounts()
    {
        var account = ByOurForecast(burn: 30);
        account.Word = new SpokeWord.Silent("the role cannot be assumed");
        Assert.Equal("InForce", Told(account, 640, burn: 30).Decided());

        account.Word = KnownSpendTests.Answer(account, 860);
        Assert.Equal("InForce", Told(account, 640, burn: 30).Decided());
    }

    [Fact]
    public void A_raised_limit_ends_it_at_once_by_the_spokes_word()
    {
        var account = ByOurForecast(burn: 30);

        Raised(account, 5000, 640, burn: 30);

        Assert.Equal("Revoked", account.Decided());
    }

    /// <summary>The days that events told say 100 a day; the spoke's answers, a day apart, say 5, and are asked for no more within the day.</summary>
    [Fact]
    public void A_raised_limit_ends_it_at_once_also_where_the_spoke_has_said_how_fast_money_goes()
    {
        var account = AnsweredSlower();

        Raised(account, 5000, 805, burn: 5, after: Hour);

        Assert.Equal("Revoked", account.Decided());
    }

    [Fact]
    public void What_the_spoke_answers_a_day_apart_ends_it_when_events_say_so_too()
    {
        var account = AnsweredSlower();

        Assert.Equal("Revoked", Told(account, 810, burn: 5, after: Day).Decided());
    }

    /// <summary>Nobody ever told how fast money goes: two answers do.</summary>
    [Fact]
    public void Without_a_pace_it_ends_by_two_answers_a_day_apart()
    {
        var account = ByOurForecast(burn: null);

        Assert.Equal("InForce", Told(account, 640, burn: null).Decided());
        Assert.Equal("Revoked", Told(account, 650, burn: null, after: Day).Decided());
    }

    /// <summary>An event that says that less is spent each day ends nothing here either.</summary>
    [Fact]
    public void The_fastest_pace_that_events_told_counts_until_the_spoke_says_less()
    {
        var account = ByOurForecast(burn: 30);
        Told(account, 640, burn: 80, after: Hour, SpendState.Over).Decide();

        Assert.Equal("InForce", Told(account, 640, burn: 1, after: Hour).Decided());
    }

    private static Spending ByOurForecast(decimal? burn)
    {
        var account = Told(new Spending(Runway), 640, burn, state: SpendState.Over);
        account.Decide();
        Told(account, 640, burn, after: Hour, SpendState.Over).Decide();
        Assert.Equal(("InForce", true), (account.Only.State.Name, account.Only.Known?.IsPartial));
        return account;
    }

    private static Spending AnsweredSlower()
    {
        var account = Told(new Spending(Runway), 800, burn: 100);
        account.Decide();
        Told(account, 800, burn: 100, after: Hour).Decide();
        Answered(Told(account, 800, burn: 100));
        Answered(Told(account, 805, burn: 100, after: Day));
        Assert.Equal(("InForce", true, 5), (account.Only.State.Name, account.Only.Known?.IsPartial, account.Only.Known?.BurnPerDay));
        return account;

        // Asked for the sake of another restriction.
        static void Answered(Spending account)
        {
            var decision = ResponsePlan.Decide(account.Facts with { Word = account.Word }, new ResponseContext(account.Now, Armed: true, new MassBrake(0, 1)));
            account.Row = account.Row with { Restrictions = decision.Restrictions };
        }
    }

    private static void Raised(Spending account, decimal limit, decimal actual, decimal? burn, TimeSpan after = default)
    {
        account.Wait(after);
        KnownSpendTests.Raised(account, limit, actual);
        Burning(account, limit, actual, burn);
    }

    private static Spending Told(Spending account, decimal actual, decimal? burn, TimeSpan after = default, SpendState? state = null)
    {
        account.Wait(after).Spent(actual, memory => memory with { State = state ?? SpendState.Under });
        return Burning(account, 1000, actual, burn);
    }

    private static Spending Burning(Spending account, decimal limit, decimal actual, decimal? burn)
    {
        account.Row = account.Row with
        {
            Spend = [account.Row.Spend[0] with { BurnPerDay = burn, RunwayDays = (limit - actual) / burn }],
        };
        return account;
    }
}
