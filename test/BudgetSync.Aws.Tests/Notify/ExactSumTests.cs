using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>What was told by name and what the line "and N more" says are together all that was found, whatever is lost and whoever comes twice.</summary>
public sealed class ExactSumTests
{
    private static List<string> Accounts(int count) => [.. Enumerable.Range(1, count).Select(number => $"{number:000000000000}")];

    [Fact]
    public async Task Counting_whose_answer_is_lost_counts_once()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 2);
        foreach (var account in Accounts(6)) await world.SpendAsync(SpendState.Over, account);
        // Each first answer of a write about a message without room is lost, and the write is made again.
        var lost = new HashSet<string>(StringComparer.Ordinal);
        world.World.Cloud.Faults.OnCalls(call => call.Operation == "PutItem" && call.Input.ToJsonString() is var item
            && item.Contains("counted#", StringComparison.Ordinal) && lost.Add(item)
                ? new Fault.ResponseLoss()
                : null);
        await world.SweepAsync();
        Assert.Equal(4, lost.Count);

        world.World.Cloud.Faults.Reset();
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();

        Assert.Equal("finops Opened and 4 more", world.Told[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_dies_while_counting_has_counted_once(bool afterTheEffect)
    {
        for (var fatal = 1; fatal <= 14; fatal++)
        {
            await using var world = await NotifyWorld.CreateAsync(perHour: 1);
            await world.SpendAsync(SpendState.Over, World.Beta);
            await world.NotifyAsync(World.Beta);
            await world.SpendAsync(SpendState.Over);
            world.DieAt(fatal, afterTheEffect);
            await Record.ExceptionAsync(() => world.NotifyAsync());
            world.World.Cloud.Faults.Reset();
            // By then its claim has ended, and it is still the hour of its counting.
            world.World.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.NotifyAsync();
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.SweepAsync();

            Assert.Equal([$"finops Opened Over {World.Beta}", "finops Opened and 1 more"], world.Told);
            Assert.Single(await world.Ledger.ToldAsync(World.Alpha, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Two_rounds_at_once_tell_a_sum_and_a_digest_once()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 3, digest: DigestInterval.Daily);
        foreach (var account in Accounts(8)) await world.SpendAsync(SpendState.Over, account);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(1));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.SweepAsync()));

        Assert.Single(world.Told, "finops Opened and 5 more");
        Assert.Single(world.Told, line => line.Contains("Daily digest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_round_that_dies_tells_a_sum_and_a_digest_once_more_at_worst_as_the_same_messages(bool afterTheEffect)
    {
        var calls = 0;
        for (var fatal = 0; fatal <= calls; fatal++)
        {
            await using var world = await NotifyWorld.CreateAsync(perHour: 3, digest: DigestInterval.Daily);
            foreach (var account in Accounts(8)) await world.SpendAsync(SpendState.Over, account);
            await world.SweepAsync();
            world.World.Clock.Advance(TimeSpan.FromDays(1));
            var before = world.World.Cloud.Calls.Calls.Count;
            if (fatal > 0) world.DieAt(fatal, afterTheEffect);
            await Record.ExceptionAsync(world.SweepAsync);
            if (fatal == 0) calls = world.World.Cloud.Calls.Calls.Count - before;
            world.World.Cloud.Faults.Reset();
            world.World.Clock.Advance(TimeSpan.FromHours(1));
            await world.SweepAsync();

            Assert.InRange(world.Ids.Where(id => id.Contains("more", StringComparison.Ordinal)).Distinct().Count(), 1, 1);
            Assert.InRange(world.Told.Count(line => line == "finops Opened and 5 more"), 1, 2);
            Assert.InRange(world.Ids.Where(id => id.Contains("digest", StringComparison.Ordinal)).Distinct().Count(), 1, 1);
            Assert.InRange(world.Told.Count(line => line.Contains("Daily digest", StringComparison.Ordinal)), 1, 2);
        }

        Assert.InRange(calls, 10, 100);
    }

    /// <summary>The line takes no place of the hour in which it comes: in a storm that fills every hour it would never come.</summary>
    [Fact]
    public async Task In_a_storm_of_many_hours_a_channel_gets_its_rate_and_one_line_an_hour_and_the_sum_is_exact()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 5);
        var accounts = Accounts(120);
        foreach (var some in accounts.Chunk(30))
        {
            var before = world.Told.Count;
            foreach (var account in some) await world.SpendAsync(SpendState.Over, account);
            foreach (var account in some) await world.NotifyAsync(account);
            for (var round = 0; round < 3; round++) await world.SweepAsync();
            Assert.InRange(world.Told.Count - before, 5, 6);
            world.World.Clock.Advance(TimeSpan.FromHours(1));
        }

        await world.SweepAsync();
        var lines = world.Told.Where(line => line.Contains(" and ", StringComparison.Ordinal)).ToList();
        Assert.Equal(Enumerable.Repeat("finops Opened and 25 more", 4), lines);
        Assert.Equal(accounts.Count, world.Told.Count - lines.Count + (25 * lines.Count));
    }

    [Fact]
    public async Task What_is_counted_after_its_hour_was_summed_up_is_told_in_another_line()
    {
        await using var world = await NotifyWorld.CreateAsync(perHour: 1);
        foreach (var account in Accounts(3)) await world.SpendAsync(SpendState.Over, account);
        var hour = world.World.Clock.GetUtcNow();
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        var late = new Alert(AlertKind.SpendState, Core.Budgets.AlertSeverity.Warning, AlertPhase.Opened, World.Alpha, "b", "2026-03", "Over", "late", hour);
        await world.Ledger.CountAsync(new Channel(NotifyWorld.Finops, ChannelKind.Webhook), late, hour, CancellationToken.None);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromHours(1));
        await world.SweepAsync();
        await world.SweepAsync();

        Assert.Equal(["finops Opened and 2 more", "finops Opened and 1 more"], world.Told.Skip(1));
    }
}
