using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>
/// Accounts that turn Critical in the same minute, and get worse in another one: each is counted once, and named later as well, so that the hours after a storm
/// have something to tell too.
/// </summary>
public sealed class CriticalStormTests
{
    private const int PerHour = 20;

    private static readonly string[] Both = [NotifyWorld.Finops, NotifyWorld.Pager];

    [Fact]
    public async Task Ten_thousand_that_are_Critical_are_told_or_counted_to_the_exact_sum_and_named_at_the_channels_rate()
    {
        const int accounts = 10_000;
        await using var world = await NotifyWorld.CreateAsync(PerHour);
        await world.World.PutRowAsync("default", ("BudgetValue", World.Number("1")), ("Notify", World.Text("finops Critical")));

        var named = Named(await StormAsync(world, accounts, SpendState.Critical), NotifyWorld.Finops).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(PerHour, named.Count);
        await DemandAllAsync(world, accounts, [NotifyWorld.Finops], _ => named);

        var told = await HourAsync(world);
        Assert.Single(told, $"finops Opened and {accounts - PerHour:0} more");
        Assert.Equal(PerHour + 1, told.Count);
        Assert.All(Named(told, NotifyWorld.Finops), account => Assert.True(named.Add(account), $"{account} came twice"));
        await DemandAllAsync(world, accounts, [NotifyWorld.Finops], _ => named);
    }

    /// <summary>To the end: through three hours, a second storm in which all get worse, and the reminders of those who were told by name.</summary>
    [Fact]
    public async Task A_storm_that_gets_worse_and_lasts_for_days_tells_each_once_counts_each_once_and_reminds_of_what_was_named()
    {
        const int accounts = 300;
        await using var world = await NotifyWorld.CreateAsync(PerHour);
        var told = await StormAsync(world, accounts, SpendState.Critical);
        var named = Both.ToDictionary(channel => channel, channel => Named(told, channel).ToHashSet(StringComparer.Ordinal));
        for (var hour = 1; hour <= 3; hour++)
        {
            told = await HourAsync(world);
            Assert.Equal(hour == 1 ? Both.Select(channel => $"{channel} Opened and {accounts - PerHour:0} more") : [], Lines(told));
            foreach (var channel in Both) Assert.All(Named(told, channel), account => Assert.True(named[channel].Add(account), $"{account} came twice"));
        }

        Assert.All(Both, channel => Assert.Equal(4 * PerHour, named[channel].Count));
        await DemandAllAsync(world, accounts, Both, channel => named[channel]);

        // Worse is news of each, whether its channel knew it by name or not.
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        told = await StormAsync(world, accounts, SpendState.Shutdown);
        Assert.All(Both, channel => Assert.Equal(PerHour, Named(told, channel).Count));
        Assert.All(told.Except(Lines(told)), line => Assert.Contains(" Shutdown ", line, StringComparison.Ordinal));
        var worse = Both.ToDictionary(channel => channel, channel => Named(told, channel).ToHashSet(StringComparer.Ordinal));
        var sums = new List<string>();
        for (var hour = 0; hour < (accounts / PerHour) - 1; hour++)
        {
            told = await HourAsync(world);
            sums.AddRange(Lines(told));
            foreach (var channel in Both) Assert.All(Named(told, channel), account => Assert.True(worse[channel].Add(account), $"{account} came twice"));
        }

        Assert.Equal(Both.Select(channel => $"{channel} Opened and {accounts - PerHour:0} more"), sums);
        Assert.All(Both, channel => Assert.Equal(accounts, worse[channel].Count));

        // Three days after: a reminder of each, at the same rate, of which what has no room is counted once.
        var reminded = new List<string>();
        for (var hour = 0; hour < 24 * 3; hour++) reminded.AddRange(await HourAsync(world));
        var more = Lines(reminded).Where(line => line.StartsWith(NotifyWorld.Finops, StringComparison.Ordinal)).Sum(Count);
        Assert.Equal(accounts, reminded.Count(line => line.StartsWith("finops Reminder ", StringComparison.Ordinal)) + more);
    }

    /// <summary>Nothing waits, and of each account the ledger says of each channel whether it knows it by name or has counted it.</summary>
    private static async Task DemandAllAsync(NotifyWorld world, int accounts, string[] channels, Func<string, HashSet<string>> named)
    {
        var open = (await world.Ledger.ReadAllAsync(CancellationToken.None)).Where(alerts => alerts.Account.All(char.IsAsciiDigit)).ToList();
        Assert.Equal(accounts, open.Count);
        Assert.All(open, alerts =>
        {
            Assert.Empty(alerts.Pending);
            Assert.Equal(channels, Assert.Single(alerts.Open).Channels.Concat(alerts.Open[0].Counted).Order());
        });
        foreach (var channel in channels)
            Assert.Equal(named(channel).Order(), open.Where(alerts => alerts.Open[0].Channels.Contains(channel)).Select(alerts => alerts.Account).Order());
    }

    /// <summary>Each is told of by an event, and the hourly round comes after them.</summary>
    private static async Task<List<string>> StormAsync(NotifyWorld world, int accounts, SpendState state)
    {
        var names = Enumerable.Range(1, accounts).Select(number => $"{number:000000000000}").ToList();
        foreach (var account in names) await world.SpendAsync(state, account);
        world.World.Cloud.Calls.Clear();
        foreach (var some in names.Chunk(500)) await Task.WhenAll(some.Select(world.NotifyAsync));
        return await RoundAsync(world);
    }

    private static Task<List<string>> HourAsync(NotifyWorld world)
    {
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        world.World.Cloud.Calls.Clear();
        return RoundAsync(world);
    }

    /// <summary>What the hour has told until the end of its round: by name no more than the channel's rate, and one line at most.</summary>
    private static async Task<List<string>> RoundAsync(NotifyWorld world)
    {
        Assert.Equal(0, await world.SweepAsync());
        var told = world.Told;
        foreach (var channel in Both)
        {
            var own = told.Where(line => line.StartsWith(channel, StringComparison.Ordinal)).ToList();
            Assert.InRange(own.Count(line => char.IsAsciiDigit(line[^1])), 0, PerHour);
            Assert.InRange(Lines(own).Count, 0, 1);
        }

        return told;
    }

    /// <summary>The lines "and N more"; PagerDuty's end of one is none.</summary>
    private static List<string> Lines(List<string> told) =>
        [.. told.Where(line => line.EndsWith(" more", StringComparison.Ordinal) && line.Contains(" Opened ", StringComparison.Ordinal)).Order()];

    private static int Count(string line) => int.Parse(line.Split(' ')[^2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The accounts that a channel was told of by name.</summary>
    private static List<string> Named(List<string> told, string channel) =>
        [.. told.Where(line => line.StartsWith(channel, StringComparison.Ordinal) && char.IsAsciiDigit(line[^1])).Select(line => line[^12..])];
}
