using BudgetSync.Aws.Faults;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>A bus, or a ledger, that fails for a while costs no more than that while.</summary>
public sealed class BusTroubleTests
{
    private const string Alpha = World.Alpha;

    private static readonly Fault Trouble = new Fault.Refusal(new AwsException("InternalError", "Try again.", 500));

    [Fact]
    public async Task What_the_bus_did_not_take_goes_out_with_Lambdas_next_try_a_minute_later()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Critical);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutEvents" ? Trouble : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => world.NotifyAsync());
        var waiting = (await world.Ledger.ReadAsync(Alpha, CancellationToken.None)).Pending;
        Assert.Equal([1, 1], waiting.Select(message => message.Failed));
        Assert.All(waiting, message => Assert.Equal("events:PutEvents answered InternalError: Try again.", message.Why));

        world.World.Cloud.Faults.Reset();
        world.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.NotifyAsync();

        Assert.Equal([$"finops Opened Critical {Alpha}", $"pager Opened Critical {Alpha}"], world.Told);
    }

    [Fact]
    public async Task What_a_ledger_in_trouble_left_goes_out_with_the_next_try()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Over);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "UpdateItem" ? Trouble : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => world.NotifyAsync());

        world.World.Cloud.Faults.Reset();
        world.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.NotifyAsync();

        Assert.Equal([$"finops Opened Over {Alpha}"], world.Told);
    }

    [Fact]
    public async Task A_round_in_which_the_bus_fails_says_so_and_what_it_does_not_take_for_a_day_lies_in_the_queue()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Over);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutEvents" ? Trouble : null);
        for (var hour = 0; hour < 24; hour++)
        {
            await Assert.ThrowsAsync<AwsFaultException>(world.SweepAsync);
            Assert.Empty(world.Undelivered);
            world.World.Clock.Advance(TimeSpan.FromHours(1));
        }

        await world.SweepAsync();

        Assert.Equal("finops", Assert.Single(world.Undelivered).Attributes["CHANNEL"]!["StringValue"]!.ToString());
        Assert.Empty((await world.Ledger.ReadAsync(Alpha, CancellationToken.None)).Pending);
    }
}
