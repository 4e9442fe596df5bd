using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>One account that has much to tell, or whose owner makes it so, leaves others their part.</summary>
public sealed class FairShareTests
{
    [Fact]
    public async Task One_account_has_half_of_a_channels_hour_at_most_and_the_rest_of_it_is_counted()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 6);
        await world.ManyAsync(40);
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
    public async Task What_is_Critical_or_worse_has_three_quarters()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 8);
        await world.ManyAsync(10);
        await world.NotifyAsync();
        Assert.Equal(4, world.Told.Count);
        await world.ManyAsync(9, SpendState.Shutdown, first: 10);
        await world.NotifyAsync();

        Assert.Equal(2, world.Told.Count(line => line == $"finops Opened Shutdown {World.Alpha}"));
        // What is Critical and worse goes to the pager too, which had told nothing.
        Assert.Equal(6, world.Told.Count(line => line == $"pager Opened Shutdown {World.Alpha}"));
        // Two places are left for whoever had none, for one message each.
        await world.SpendAsync(SpendState.Critical, World.Beta);
        await world.NotifyAsync(World.Beta);
        Assert.Contains($"finops Opened Critical {World.Beta}", world.Told);
        Assert.Contains($"pager Opened Critical {World.Beta}", world.Told);
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        Assert.Contains("finops Opened and 13 more", world.Told);
        Assert.Contains("pager Opened and 3 more", world.Told);
        const string places = "the channel finops takes 8 an hour one by one, 6 of one account, 4 below Critical.";
        Assert.Contains(world.Texts, text => text.Contains(places, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_without_room_for_ends_keeps_no_end_of_another_back()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 44);
        await world.ManyAsync(16, SpendState.Critical);
        await world.NotifyAsync();
        await world.NotifyAsync();
        Assert.Equal(32, world.Told.Count);
        // Others have what the hour had left.
        var finops = new Channel(NotifyWorld.Finops, ChannelKind.Webhook) { PerHour = 44 };
        while (await world.Ledger.TakeAsync(finops, World.Beta, AlertSeverity.Critical, world.World.Clock.GetUtcNow(), CancellationToken.None))
        {
        }

        await world.ManyAsync(0);
        for (var round = 0; round < 3; round++) await world.NotifyAsync();
        Assert.Equal(16, world.Told.Count(line => line.StartsWith("pager Resolved", StringComparison.Ordinal)));

        world.World.Clock.Advance(TimeSpan.FromHours(1));
        for (var round = 0; round < 3; round++) await world.NotifyAsync();
        Assert.Equal(16, world.Told.Count(line => line.StartsWith("finops Resolved", StringComparison.Ordinal)));
        Assert.True((await world.Ledger.ReadAsync(World.Alpha, CancellationToken.None)).IsEmpty);
    }

    [Fact]
    public async Task An_incident_of_what_an_hour_had_no_room_for_is_resolved_in_a_later_hour_and_of_a_message_nothing_is()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1);
        await world.SpendAsync(SpendState.Critical);
        await world.NotifyAsync();
        await world.SpendAsync(SpendState.Critical, World.Beta);
        await world.NotifyAsync(World.Beta);
        for (var hour = 0; hour < 4; hour++)
        {
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.SweepAsync();
            await world.SweepAsync();
        }

        // The second account is named with the first hour that has room.
        Assert.Equal([$"pager Opened Critical {World.Beta}", "pager Opened and 1 more", "pager Resolved and more"], Of("pager").Skip(1));
        Assert.Equal([$"finops Opened Critical {World.Beta}", "finops Opened and 1 more"], Of("finops").Skip(1));
        var sum = world.Keys.Where(key => key.EndsWith("/Overflow", StringComparison.Ordinal)).ToList();
        // That of finops, and of the pager what opens and what resolves it.
        Assert.Equal([1, 2], sum.GroupBy(key => key, StringComparer.Ordinal).Select(same => same.Count()).Order());

        IEnumerable<string> Of(string channel) => world.Told.Where(line => line.StartsWith(channel, StringComparison.Ordinal));
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
}
