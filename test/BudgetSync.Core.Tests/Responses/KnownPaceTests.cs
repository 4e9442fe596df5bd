using BudgetSync.Core.Responses;

namespace BudgetSync.Core.Tests.Responses;

/// <summary>How fast money goes follows from days that events told: whoever may put events on the account's bus ends nothing by it.</summary>
public sealed class KnownPaceTests
{
    private const string Runway = """[{"At":"Runway 5","Do":"DENY_NEW","Mode":"ARMED"}]""";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void An_event_that_says_that_less_is_spent_each_day_ends_nothing()
    {
        var account = InForce();

        Assert.Equal("InForce", Told(account, 800, burn: 1).Decided());
        Assert.Contains("how fast money goes is known by what it answers a day apart", account.Only.HeldBack, StringComparison.Ordinal);
        Assert.Equal("InForce", Told(account, 800, burn: 1, after: Hour).Decided());
        Assert.Equal(100, account.Only.Known?.BurnPerDay);
    }

    [Fact]
    public void What_the_spoke_answers_a_day_apart_ends_it()
    {
        var account = InForce();
        Told(account, 800, burn: 5).Decide();

        Assert.Equal("Revoked", Told(account, 805, burn: 5, after: Day).Decided());
    }

    [Fact]
    public void What_the_spoke_answers_a_day_apart_may_refute_the_event()
    {
        var account = InForce();
        Told(account, 800, burn: 5).Decide();

        Assert.Equal("InForce", Told(account, 890, burn: 5, after: Day).Decided());
        Assert.Equal((90, ""), (account.Only.Known?.BurnPerDay, account.Only.HeldBack));
    }

    [Fact]
    public void Between_two_answers_nobody_is_asked()
    {
        var account = InForce();
        Assert.True(Asks(Told(account, 800, burn: 1)));
        account.Decide();

        Assert.False(Asks(Told(account, 800, burn: 1, after: Hour)));
        Assert.True(Asks(Told(account, 800, burn: 1, after: Day)));
    }

    /// <summary>People who are warned and spend less see it not begin: what it cannot know yet it does not begin by either.</summary>
    [Fact]
    public void What_is_planned_waits_for_the_second_answer_and_begins_by_it()
    {
        var account = Told(new Spending(Runway), 800, burn: 100);
        account.Decide();
        Told(account, 800, burn: 1);

        Assert.Equal("Planned", Told(account, 800, burn: 1, after: Hour).Decided());
        Assert.Equal("InForce", Told(account, 895, burn: 1, after: Day).Decided());
    }

    private static bool Asks(Spending account) =>
        ResponsePlan.Decide(account.Facts, new ResponseContext(account.Now, Armed: true, new MassBrake(0, 1))).AsksSpoke;

    private static Spending InForce()
    {
        var account = Told(new Spending(Runway), 800, burn: 100);
        account.Decide();
        Told(account, 800, burn: 100, after: Hour).Decide();
        Assert.Equal("InForce", account.Only.State.Name);
        return account;
    }

    private static Spending Told(Spending account, decimal actual, decimal burn, TimeSpan after = default)
    {
        account.Wait(after).Spent(actual);
        account.Row = account.Row with
        {
            Spend = [account.Row.Spend[0] with { BurnPerDay = burn, RunwayDays = (1000 - actual) / burn }],
        };
        return account;
    }
}
