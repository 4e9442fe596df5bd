using System.Text.RegularExpressions;
using BudgetSync.Aws.Faults;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>A message that an hour has no room for belongs to that hour, whenever its counting is done: it is neither told later nor counted twice.</summary>
public sealed partial class CountedOnceTests
{
    private const string Alpha = World.Alpha;

    private static readonly Fault Dead = new Fault.Refusal(new AwsException("AccessDeniedException", "The function is dead."));

    [Theory]
    [InlineData("the message's item of the hour", "counted#", 0)]
    [InlineData("the ledger's entry", "told#", 0)]
    [InlineData("the account's item after the entry", "told#", 1)]
    public async Task What_is_counted_while_a_write_fails_is_one_of_and_N_more_and_not_told_in_the_next_hour(string write, string marked, int after)
    {
        await using var world = await FullAsync();
        var seen = 0;
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem"
            && (seen > 0 || call.Input["Item"]!["Entry"]!.ToJsonString().Contains(marked, StringComparison.Ordinal))
            && ++seen > after
                ? Dead
                : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => world.NotifyAsync());
        Assert.True(seen > 0, write);

        world.World.Cloud.Faults.Reset();
        await HoursAsync(world, 4);

        Assert.Equal([$"finops Opened Over {World.Beta}", "finops Opened and 1 more"], world.Told);
        Assert.True(Assert.Single(await world.Ledger.ToldAsync(Alpha, CancellationToken.None)).Counted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_dies_and_is_followed_in_the_next_hour_has_told_or_counted_once(bool afterTheEffect)
    {
        for (var fatal = 1; fatal <= 16; fatal++)
        {
            await using var world = await FullAsync();
            world.DieAt(fatal, afterTheEffect);
            await Record.ExceptionAsync(() => world.NotifyAsync());
            world.World.Cloud.Faults.Reset();
            await HoursAsync(world, 4);

            Assert.Equal(2, world.Told.Sum(Found));
        }
    }

    /// <summary>A sum looks two hours back: what could not be counted for longer, while other sums were told, is told when it can be.</summary>
    [Theory]
    [InlineData("counted#")]
    [InlineData("told#")]
    public async Task What_could_not_be_counted_for_five_hours_while_other_sums_were_told_is_told_once(string marked)
    {
        await using var world = await FullAsync();
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem"
            && call.Input.ToJsonString() is var item && item.Contains(Alpha, StringComparison.Ordinal)
            && call.Input["Item"]!["Entry"]!.ToJsonString().Contains(marked, StringComparison.Ordinal)
                ? Dead
                : null);
        var others = 0;
        for (var hour = 0; hour < 5; hour++)
        {
            await Record.ExceptionAsync(() => world.NotifyAsync());
            foreach (var _ in Enumerable.Range(0, 3)) await TellAsync(world, $"{++others:000000000000}");
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await Record.ExceptionAsync(world.SweepAsync);
        }

        world.World.Cloud.Faults.Reset();
        await HoursAsync(world, 4);

        Assert.Equal(2 + others, world.Told.Sum(Found));
        // What the hour had counted already stays counted.
        if (marked == "told#") Assert.DoesNotContain(world.Told, line => line.EndsWith(Alpha, StringComparison.Ordinal));
    }

    /// <summary>Its provider may have it: were it counted, an incident would stay open that nobody resolves, and the sum would be one too many.</summary>
    [Theory]
    [InlineData("told#", 0)]
    [InlineData($"\"{Alpha}\"", 2)]
    public async Task What_has_gone_out_with_the_last_place_of_an_hour_is_told_again_after_a_fault_and_never_counted(string marked, int after)
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1);
        await world.SpendAsync(SpendState.Over);
        var seen = 0;
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem"
            && (seen > after || (call.Input["Item"]!["Entry"]!.ToJsonString().Contains(marked, StringComparison.Ordinal) && ++seen > after))
                ? Dead
                : null);
        await Assert.ThrowsAsync<AwsFaultException>(() => world.NotifyAsync());
        Assert.Equal([$"finops Opened Over {Alpha}"], world.Told);

        world.World.Cloud.Faults.Reset();
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await TellAsync(world, World.Beta);
        await world.NotifyAsync();
        Assert.DoesNotContain(world.Told, line => line.EndsWith("more", StringComparison.Ordinal));
        await HoursAsync(world, 2);
        await world.SpendAsync(SpendState.OnTarget);
        await HoursAsync(world, 3);

        Assert.Equal(2, world.Told.Count(line => line == $"finops Opened Over {Alpha}"));
        Assert.Single(world.Told, line => line == $"finops Resolved Over {Alpha}");
        Assert.DoesNotContain(world.Told, line => line.EndsWith("more", StringComparison.Ordinal));
    }

    /// <summary>A channel whose hour is full, and an account that has something to tell it.</summary>
    private static async Task<NotifyWorld> FullAsync()
    {
        var world = await NotifyWorld.CreateAsync(perHour: 1);
        await TellAsync(world, World.Beta);
        await world.SpendAsync(SpendState.Over);
        return world;
    }

    private static async Task TellAsync(NotifyWorld world, string account)
    {
        await world.SpendAsync(SpendState.Over, account);
        await world.NotifyAsync(account);
    }

    private static async Task HoursAsync(NotifyWorld world, int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.NotifyAsync();
            await world.SweepAsync();
        }
    }

    /// <summary>How many alerts a line tells of.</summary>
    private static int Found(string line) => More().Match(line) is { Success: true } sum
        ? int.Parse(sum.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
        : 1;

    [GeneratedRegex("and ([0-9]+) more")]
    private static partial Regex More();
}
