using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>10,000 accounts whose state changes in the same minute.</summary>
public sealed class AlertStormTests
{
    private const int Accounts = 10_000;
    private const int PerHour = 20;

    /// <summary>Of a call of DynamoDB or EventBridge, generously; 64 accounts are under way at a time (Limits.AccountsInFlight).</summary>
    private static readonly TimeSpan Call = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(ChannelKind.Webhook)]
    [InlineData(ChannelKind.Email)]
    public async Task Ten_thousand_states_in_a_minute_give_each_channel_its_rate_and_an_exact_sum_and_none_is_lost(ChannelKind kind)
    {
        await using var world = await NotifyWorld.CreateAsync(PerHour, kind: kind);
        var names = Enumerable.Range(1, Accounts).Select(number => $"{number:000000000000}").ToList();
        foreach (var account in names) await world.SpendAsync(SpendState.Over, account);
        world.World.Cloud.Calls.Clear();

        // Each is told of by an event, and the hourly round comes in between.
        foreach (var some in names.Chunk(500)) await Task.WhenAll(some.Select(world.NotifyAsync));
        Assert.Equal(0, await world.SweepAsync());

        var calls = world.World.Cloud.Calls.Calls.Count;
        Assert.InRange(Call * calls / BudgetSync.Aws.Limits.AccountsInFlight, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        var byName = world.Told.Count;
        Assert.Equal(PerHour, byName);

        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        Assert.Equal($"finops Opened and {Accounts - byName:0} more", world.Told[^1]);
        Assert.Equal(PerHour + 1, world.Told.Count);

        // Nothing waits any more, every account's alert is open, and the ledger of each says whether it was told or counted.
        var open = await world.Ledger.ReadAllAsync(CancellationToken.None);
        Assert.Equal(Accounts, open.Length);
        Assert.All(
            open,
            alerts => Assert.True(alerts.Pending.IsEmpty && Assert.Single(alerts.Open).Channels.Concat(alerts.Open[0].Counted).Single() == "finops"));
        Assert.Equal(PerHour, open.Count(alerts => !alerts.Open[0].Channels.IsEmpty));
    }
}
