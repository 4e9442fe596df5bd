using BudgetSync.Aws.Faults;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Restrictions;
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

    /// <summary>What is of no account fails the round too, so that Lambda tries it again; and one of them costs the others nothing.</summary>
    [Theory]
    [InlineData("and 1 more")]
    [InlineData("Daily digest")]
    [InlineData("Mass brake")]
    public async Task A_round_whose_sum_digest_or_message_of_the_mass_brake_the_bus_did_not_take_says_so_and_the_next_try_tells_it(string what)
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 2, digest: what == "Daily digest" ? DigestInterval.Daily : null);
        var state = what == "and 1 more" ? SpendState.Over : SpendState.Under;
        foreach (var account in new[] { Alpha, World.Beta, World.Gamma }) await world.SpendAsync(state, account);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(1));
        if (what == "Mass brake") await HoldBackAsync(world);
        var before = world.Told.Count;
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutEvents"
            && call.Input.ToJsonString().Contains(what, StringComparison.Ordinal)
                ? Trouble
                : null);

        Assert.Equal("events", (await Assert.ThrowsAsync<AwsFaultException>(world.SweepAsync)).Fault.Service);

        world.World.Cloud.Faults.Reset();
        world.World.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.SweepAsync();
        Assert.Single(world.Told.Skip(before), line => line.StartsWith($"finops Opened {what}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_whose_item_of_the_ledger_fails_costs_no_other_its_sum_and_fails_the_round()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1);
        foreach (var account in new[] { Alpha, World.Beta }) await world.SpendAsync(SpendState.Critical, account);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem"
            && call.Input["Item"]!["AccountId"]!["S"]!.ToString() == "channel#finops"
                ? new Fault.Refusal(new AwsException("AccessDeniedException", "no"))
                : null);

        await Assert.ThrowsAsync<AwsFaultException>(world.SweepAsync);

        Assert.Contains("pager Opened and 1 more", world.Told);
    }

    /// <summary>One restriction of many that would begin within the hour.</summary>
    private static async Task HoldBackAsync(NotifyWorld world)
    {
        var now = world.World.Clock.GetUtcNow();
        var rule = new ResponseRule(new ResponseTrigger.State(TriggerState.Shutdown), RestrictionKind.QUARANTINE) { Mode = ResponseMode.ARMED };
        var held = new Restriction("r-000000000001", "team-a", rule, new RestrictionState.Planned(now)) { HeldBack = new MassBrake(99, 100).Why };
        await world.World.Status.StepAsync(
            Alpha, row => row! with { ItemVersion = row.ItemVersion + 1, Restrictions = [held] }, CancellationToken.None);
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
