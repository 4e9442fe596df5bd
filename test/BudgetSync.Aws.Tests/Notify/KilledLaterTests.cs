using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>As <see cref="ClaimTests"/>, of what comes after the first message: that it gets worse, a reminder, that it is over.</summary>
public sealed class KilledLaterTests
{
    [Theory]
    [InlineData(SpendState.Shutdown, 0, "Escalated Shutdown", false)]
    [InlineData(SpendState.Shutdown, 0, "Escalated Shutdown", true)]
    [InlineData(SpendState.Critical, 3, "Reminder Critical", false)]
    [InlineData(SpendState.Critical, 3, "Reminder Critical", true)]
    [InlineData(SpendState.Under, 0, "Resolved Critical", false)]
    [InlineData(SpendState.Under, 0, "Resolved Critical", true)]
    public async Task Wherever_Notify_is_killed_the_next_try_tells_what_is_left_and_twice_at_worst(
        SpendState state, int daysLater, string message, bool afterTheEffect)
    {
        var calls = 0;
        for (var fatal = 0; fatal <= calls; fatal++)
        {
            await using var world = await NotifyWorld.CreateAsync();
            await world.SpendAsync(SpendState.Critical);
            await world.NotifyAsync();
            world.World.Clock.Advance(TimeSpan.FromDays(daysLater));
            await world.SpendAsync(state);
            var before = world.World.Cloud.Calls.Calls.Count;
            if (fatal > 0) world.DieAt(fatal, afterTheEffect);
            await Record.ExceptionAsync(() => world.NotifyAsync());
            if (fatal == 0) calls = world.World.Cloud.Calls.Calls.Count - before;
            world.World.Cloud.Faults.Reset();
            // Lambda's next try, and the round of the hour after it.
            world.World.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.NotifyAsync();
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.SweepAsync();

            foreach (var channel in new[] { NotifyWorld.Finops, NotifyWorld.Pager })
                Assert.InRange(world.Told.Count(line => line == $"{channel} {message} {World.Alpha}"), 1, fatal == 0 ? 1 : 2);
            var after = await world.Ledger.ReadAsync(World.Alpha, CancellationToken.None);
            Assert.Empty(after.Pending);
            Assert.Equal(state == SpendState.Under, after.Open.IsEmpty);
        }

        Assert.InRange(calls, 8, 40);
    }
}
