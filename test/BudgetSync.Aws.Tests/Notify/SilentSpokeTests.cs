using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>Spokes that do not report: one alert each, or one for all.</summary>
public sealed class SilentSpokeTests
{
    private const string Alpha = World.Alpha;

    [Fact]
    public async Task A_silent_spoke_is_told_once_by_the_hourly_round_and_resolved_once_when_it_reports()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await HeardAsync(world, Alpha);
        await world.SweepAsync();
        Assert.Empty(world.Told);

        world.World.Clock.Advance(TimeSpan.FromHours(27));
        await world.NotifyAsync();
        Assert.Empty(world.Told);
        await world.SweepAsync();
        await world.SweepAsync();
        await world.NotifyAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(4));
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Spoke silent {Alpha}"], world.Told);
        Assert.EndsWith("/SpokeSilent", world.Keys[0], StringComparison.Ordinal);

        await HeardAsync(world, Alpha);
        await world.SweepAsync();
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Spoke silent {Alpha}", $"finops Resolved Spoke silent {Alpha}"], world.Told);
        Assert.Equal(world.Keys[0], world.Keys[1]);
    }

    /// <summary>Each of its budgets is Blind too, for which nothing has looked at it.</summary>
    [Fact]
    public async Task That_it_is_silent_is_told_in_one_and_not_for_each_of_its_budgets()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await HeardAsync(world, Alpha, looked: true);
        world.World.Clock.Advance(TimeSpan.FromHours(27));
        await world.SweepAsync();

        Assert.Equal([$"finops Opened Spoke silent {Alpha}"], world.Told);
    }

    /// <summary>Whose corridor fails loses no message of anything else: as many as a channel takes in an hour would be gone.</summary>
    [Fact]
    public async Task An_outage_of_all_is_one_message_that_says_how_many_and_what_is_left_of_it_is_told_by_name()
    {
        await using var world = await NotifyWorld.CreateAsync();
        var names = Enumerable.Range(1, 1_000).Select(number => $"{number:000000000000}").ToList();
        foreach (var account in names) await HeardAsync(world, account, looked: true);
        world.World.Clock.Advance(TimeSpan.FromHours(27));
        await world.SweepAsync();
        foreach (var account in names.Take(30)) await world.NotifyAsync(account);
        await world.SweepAsync();

        string[] told = ["Operations", "finops", "pager"];
        Assert.Equal(told.Select(channel => $"{channel} Opened More than 100 spokes silent"), world.Told.Order(StringComparer.Ordinal));
        Assert.All(world.Texts, text => Assert.StartsWith("1,000 of 1,000 spokes have not reported", text, StringComparison.Ordinal));

        foreach (var account in names.Skip(3)) await HeardAsync(world, account);
        await world.SweepAsync();
        await world.SweepAsync();
        Assert.Equal(
            names.Take(3).Select(account => $"finops Opened Spoke silent {account}")
                .Concat(told.Select(channel => $"{channel} Resolved More than 100 spokes silent")).Order(StringComparer.Ordinal),
            world.Told.Skip(3).Order(StringComparer.Ordinal));
    }

    /// <summary>Who was told by name is not told that it is over when all others are silent too.</summary>
    [Fact]
    public async Task What_was_told_before_an_outage_stays_open_in_it()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await HeardAsync(world, Alpha);
        world.World.Clock.Advance(TimeSpan.FromHours(20));
        foreach (var number in Enumerable.Range(1, 20)) await HeardAsync(world, $"{number:000000000000}");
        world.World.Clock.Advance(TimeSpan.FromHours(7));
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromHours(20));
        await world.SweepAsync();
        await world.NotifyAsync();

        Assert.DoesNotContain(world.Told, line => line.Contains("Resolved", StringComparison.Ordinal));
        Assert.Equal(1, world.Told.Count(line => line == $"finops Opened Spoke silent {Alpha}"));
    }

    private static async Task HeardAsync(NotifyWorld world, string account, bool looked = false)
    {
        await world.SpendAsync(SpendState.Under, account);
        var now = world.World.Clock.GetUtcNow();
        await world.World.Status.StepAsync(
            account,
            row => row! with
            {
                ItemVersion = row.ItemVersion + 1,
                DesiredRevision = "aaaa",
                ReportedAt = now,
                Spend = looked ? [.. row.Spend.Select(one => one with { Memory = one.Memory with { LastLookAt = now } })] : row.Spend,
            },
            CancellationToken.None);
    }
}
