using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>Fifteen messages of an account wait for a channel at most (<c>PendingRoom</c>): the others are asked for again when those are sent.</summary>
public sealed class AtOnceTests
{
    private const int Budgets = 40;

    [Fact]
    public async Task What_begins_and_what_is_over_is_told_by_one_look_however_many_budgets_it_is_about()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 200);
        await world.ManyAsync(Budgets);
        await world.NotifyAsync();
        Assert.Equal(Budgets, Count(world, "Opened"));

        await world.ManyAsync(Budgets, SpendState.OnTarget);
        await world.NotifyAsync();

        Assert.Equal(Budgets, Count(world, "Resolved"));
        Assert.True((await world.Ledger.ReadAsync(World.Alpha, CancellationToken.None)).IsEmpty);
    }

    /// <summary>One account has half of an hour below Critical: thirty are told by name, and no end has a place.</summary>
    [Fact]
    public async Task Ends_without_a_place_in_their_hour_are_not_tried_over_and_over_and_are_told_by_one_look_when_there_is_one()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 60);
        await world.ManyAsync(Budgets);
        await world.NotifyAsync();
        Assert.Equal(30, Count(world, "Opened"));
        await world.ManyAsync(Budgets, SpendState.OnTarget);
        var before = world.World.Cloud.Calls.Calls.Count;

        await world.NotifyAsync();

        Assert.Equal(0, Count(world, "Resolved"));
        // Two tries of the fifteen that wait, each a question for a place and a step of the ledger of a read and a write; eight would be four times as many.
        Assert.InRange(world.World.Cloud.Calls.Calls.Count - before, 30, 130);
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.NotifyAsync();
        Assert.Equal(30, Count(world, "Resolved"));
    }

    private static int Count(NotifyWorld world, string phase) =>
        world.Told.Count(line => line.StartsWith($"finops {phase} Over ", StringComparison.Ordinal));
}
