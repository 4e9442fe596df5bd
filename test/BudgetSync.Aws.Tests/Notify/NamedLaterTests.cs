using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>What is Critical and was one of "and 37 more" is told by name as soon as its channel has room.</summary>
public sealed class NamedLaterTests
{
    private static readonly string[] Five = [.. Enumerable.Range(1, 5).Select(number => $"{number:000000000000}")];

    [Fact]
    public async Task An_alert_that_was_counted_is_named_in_the_next_hour_and_resolved_once()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 4);
        foreach (var account in Five) await TellAsync(world, account, SpendState.Critical);
        Assert.Equal(4, Of(world, "Opened Critical").Count);

        await HourAsync(world);
        Assert.Equal($"finops Opened Critical {Five[4]}", Of(world, "Opened Critical")[^1]);
        Assert.Single(Of(world, "Opened and 1 more"));
        await HourAsync(world);
        await HourAsync(world);
        Assert.Equal(5, Of(world, "Opened Critical").Count);
        Assert.Single(Of(world, "more"));

        foreach (var account in Five) await world.SpendAsync(SpendState.Under, account);
        for (var hour = 0; hour < 3; hour++) await HourAsync(world);
        Assert.Equal(Five, Of(world, "Resolved Critical").Select(line => line[^12..]).Order());
    }

    [Fact]
    public async Task An_escalation_that_was_counted_is_named_as_one()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 4);
        await TellAsync(world, Five[0], SpendState.Over);
        await HourAsync(world);
        foreach (var account in Five[1..]) await TellAsync(world, account, SpendState.Critical);
        await TellAsync(world, Five[0], SpendState.Critical);
        Assert.DoesNotContain($"finops Escalated Critical {Five[0]}", world.Told);

        await HourAsync(world);
        await HourAsync(world);
        Assert.Equal(1, world.Told.Count(line => line == $"finops Escalated Critical {Five[0]}"));
    }

    /// <summary>Each is counted once, however many hours it waits for its name, and none is named after it is over.</summary>
    [Fact]
    public async Task More_than_one_hour_has_room_for_are_named_over_several_and_counted_once()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 4);
        string[] names = [.. Enumerable.Range(1, 14).Select(number => $"{number:000000000000}")];
        foreach (var account in names) await TellAsync(world, account, SpendState.Critical);
        for (var hour = 0; hour < 2; hour++) await HourAsync(world);
        Assert.Equal(12, Of(world, "Opened Critical").Count);

        var left = names.Except(Of(world, "Opened Critical").Select(line => line[^12..])).ToList();
        await world.SpendAsync(SpendState.Under, left[0]);
        for (var hour = 0; hour < 3; hour++) await HourAsync(world);

        Assert.Equal(names.Except([left[0]]), Of(world, "Opened Critical").Select(line => line[^12..]).Order());
        Assert.Equal(["finops Opened and 10 more"], Of(world, "more"));
        Assert.DoesNotContain(Of(world, "Resolved"), line => line.EndsWith(left[0], StringComparison.Ordinal));
    }

    /// <summary>Warnings are as they were: what the next digest has is no reason to fill the hours after a storm.</summary>
    [Fact]
    public async Task What_is_below_Critical_is_counted_alone()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 4);
        foreach (var account in Five) await TellAsync(world, account, SpendState.Over);
        for (var hour = 0; hour < 3; hour++) await HourAsync(world);

        Assert.Equal(4, Of(world, "Opened Over").Count);
    }

    private static async Task TellAsync(NotifyWorld world, string account, SpendState state)
    {
        await world.SpendAsync(state, account);
        await world.NotifyAsync(account);
    }

    private static async Task HourAsync(NotifyWorld world)
    {
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
    }

    private static List<string> Of(NotifyWorld world, string what) =>
        [.. world.Told.Where(line => line.StartsWith("finops ", StringComparison.Ordinal) && line.Contains(what, StringComparison.Ordinal))];
}
