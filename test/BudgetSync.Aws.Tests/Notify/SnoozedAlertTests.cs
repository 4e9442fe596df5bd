using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>What a row's Snooze silences is not over, and is not told as if it were.</summary>
public sealed class SnoozedAlertTests
{
    private const string Alpha = World.Alpha;

    [Fact]
    public async Task What_a_snooze_silences_is_resolved_as_snoozed_and_opens_anew_when_it_has_ended()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Over);
        await world.NotifyAsync();
        await SnoozeAsync(world);
        await world.NotifyAsync();
        await world.NotifyAsync();

        Assert.Equal([$"finops Opened Over {Alpha}", $"finops Resolved Over {Alpha}"], world.Told);
        Assert.Equal(
            $"Snoozed through 2026-03-03 by arn:aws:sts::999999999999:assumed-role/Admin/(address): load test. It is not over: team-a of {Alpha} has spent "
                + "1,250 USD (125.0 %) of 1,000 USD. Until then only what is Critical or worse is told.",
            world.Texts[^1]);
        Assert.Equal("2026-03-03", world.Body("data")[^1]["snoozedUntil"]!.ToString());
        Assert.Equal($"Snoozed through 2026-03-03: Over: team-a of {Alpha}", world.Body("data")[^1]["title"]!.ToString());

        world.World.Clock.Advance(TimeSpan.FromDays(2));
        await world.SweepAsync();
        Assert.Equal($"finops Opened Over {Alpha}", world.Told[^1]);
        Assert.Equal(3, world.Told.Count);
    }

    [Fact]
    public async Task What_is_over_while_it_is_snoozed_is_told_as_over_and_what_is_Critical_is_told_all_the_same()
    {
        await using var world = await NotifyWorld.CreateAsync();
        await world.SpendAsync(SpendState.Over);
        await world.NotifyAsync();
        await SnoozeAsync(world);
        await world.SpendAsync(SpendState.Critical);
        await world.NotifyAsync();
        await world.SpendAsync(SpendState.Under);
        await world.NotifyAsync();

        Assert.Equal(
            [
                $"finops Opened Over {Alpha}", $"finops Escalated Critical {Alpha}", $"pager Opened Critical {Alpha}", $"finops Resolved Critical {Alpha}",
                $"pager Resolved Critical {Alpha}",
            ],
            world.Told);
        Assert.StartsWith($"team-a of {Alpha} is Under now: ", world.Texts[^1], StringComparison.Ordinal);
    }

    private static Task SnoozeAsync(NotifyWorld world) => world.World.PutRowAsync(
        Alpha,
        ("BudgetValue", World.Number("1")),
        ("Snooze", new AttributeValue
        {
            M = new()
            {
                ["Until"] = World.Text("2026-03-03"),
                ["Why"] = World.Text("load test"),
                ["By"] = World.Text("arn:aws:sts::999999999999:assumed-role/Admin/jane@example.com"),
            },
        }));
}
