using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>One account that has much to tell, or whose owner makes it so, leaves others their part.</summary>
public sealed class FairShareTests
{
    [Fact]
    public async Task One_account_has_half_of_a_channels_hour_at_most_and_the_rest_of_it_is_counted()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 6);
        await world.SpendAsync(SpendState.Over);
        await ManyAsync(world, 40);
        await world.NotifyAsync();
        await world.SpendAsync(SpendState.Critical, World.Beta);
        await world.NotifyAsync(World.Beta);

        Assert.Equal(3, world.Told.Count(line => line == $"finops Opened Over {World.Alpha}"));
        Assert.Contains($"finops Opened Critical {World.Beta}", world.Told);
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        Assert.Equal("finops Opened and 37 more", world.Told[^1]);
    }

    [Fact]
    public async Task A_channel_with_room_for_one_has_it_for_the_account_that_comes()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1);
        await world.SpendAsync(SpendState.Over);

        await world.NotifyAsync();

        Assert.Equal([$"finops Opened Over {World.Alpha}"], world.Told);
    }

    [Fact]
    public async Task One_account_has_a_tenth_of_the_requests_that_say_what_rose()
    {
        await using var world = await NotifyWorld.CreateAsync();
        var (day, alpha, beta) = (new DateOnly(2026, 3, 2), AccountId.Parse(World.Alpha), AccountId.Parse(World.Beta));

        Assert.Equal(4, await TakenAsync(alpha, 9));
        Assert.Equal(4, await TakenAsync(beta, 9));
        // All together no more than the day has.
        Assert.Equal(2, await TakenAsync(null, 9));
        Assert.Equal(0, await TakenAsync(AccountId.Parse("222222222201"), 1));

        async Task<int> TakenAsync(AccountId? account, int tries)
        {
            var taken = 0;
            for (var number = 0; number < tries; number++)
                if (await world.Requests.TakeRequestAsync(CostCounter.Drivers, day, 10, CancellationToken.None, account is { } id ? (id, 4) : null)) taken++;
            return taken;
        }
    }

    /// <summary>So many budgets that are Over; reports are an account's own.</summary>
    private static async Task ManyAsync(NotifyWorld world, int count) => await world.World.Status.StepAsync(
        World.Alpha,
        row => row! with
        {
            ItemVersion = row.ItemVersion + 1,
            Budgets = [.. Enumerable.Range(0, count).Select(number => new ReportedBudget($"b{number}", 1000, "USD", 1250, null, SpendState.Over))],
            Spend = [.. Enumerable.Range(0, count).Select(number => row.Spend[0] with { BudgetName = $"b{number}" })],
        },
        CancellationToken.None);
}
