using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>The hourly round: who gets the places of an hour, and what becomes of alerts whose budget is gone.</summary>
public sealed class LoudestFirstTests
{
    [Fact]
    public async Task What_is_loudest_gets_the_places_of_an_hour_that_has_too_few()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 3);
        string[] accounts = [.. Enumerable.Range(1, 12).Select(number => $"2222222222{number:00}")];
        foreach (var account in accounts) await world.SpendAsync(account[^1] == '5' ? SpendState.Critical : SpendState.Over, account);
        await world.SpendAsync(SpendState.Shutdown, accounts[^1]);

        await world.SweepAsync();

        Assert.Equal(
            ["finops Opened Critical 222222222205", "finops Opened Shutdown 222222222212"],
            world.Told.Where(line => line.StartsWith("finops Opened", StringComparison.Ordinal) && !line.Contains(" Over ", StringComparison.Ordinal)).Order());
        Assert.Equal(3, world.Told.Count(line => line.StartsWith("finops Opened", StringComparison.Ordinal) && line.Contains(" 22", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_alert_of_a_budget_that_is_gone_is_resolved_by_the_hourly_round(bool accountIsKnown)
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Critical);
        await world.NotifyAsync();
        await world.World.Status.StepAsync(
            World.Alpha, row => row! with { ItemVersion = row.ItemVersion + 1, Budgets = [], Spend = accountIsKnown ? row.Spend : [] }, CancellationToken.None);

        await world.SweepAsync();
        await world.SweepAsync();

        Assert.Equal(
            ["finops Resolved Critical 111111111111", "pager Resolved Critical 111111111111"],
            world.Told.Where(line => line.Contains(" Resolved ", StringComparison.Ordinal)).Order());
        Assert.Equal("team-a of 111111111111 is no budget of BudgetSync any more.", world.Texts[^1]);
    }
}
