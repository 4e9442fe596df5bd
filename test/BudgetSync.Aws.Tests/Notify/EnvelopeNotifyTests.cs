using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;

namespace BudgetSync.Aws.Tests.Notify;

/// <summary>An envelope is told by its own row's Notify, under the key of that row.</summary>
public sealed class EnvelopeNotifyTests
{
    private const string Unit = "ou-ab12-11111111";
    private const string Other = "222222222222";

    [Fact]
    public async Task An_envelope_is_told_once_and_when_it_gets_worse_and_once_when_it_is_over()
    {
        await using var world = await WorldAsync();
        await SpentAsync(world, 500, 400);
        await world.SweepAsync();
        Assert.Empty(world.Told);
        await SpentAsync(world, 700, 400);
        await world.SweepAsync();
        await world.SweepAsync();
        await SpentAsync(world, 900, 400);
        await world.SweepAsync();
        await SpentAsync(world, 100, 100);
        world.World.Clock.Advance(TimeSpan.FromHours(9));
        await world.SweepAsync();
        await world.SweepAsync();

        Assert.Equal(
            [
                $"finops Opened Over {Unit}", $"finops Escalated Critical {Unit}", $"pager Opened Critical {Unit}", $"finops Resolved Critical {Unit}",
                $"pager Resolved Critical {Unit}",
            ],
            world.Told);
        Assert.All(world.Keys, key => Assert.Equal($"{Unit}/envelope/2026-03/Envelope", key));
        Assert.StartsWith($"Envelope {Unit}: 1,100 of 1,000 USD spent", world.Texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_where_its_row_says_or_else_those_above_it_and_to_the_operations_topic_where_none_does()
    {
        await using var world = await WorldAsync();
        await SpentAsync(world, 1_500, 600);
        await world.World.PutRowAsync(Unit, ("Envelope", Envelope()), ("Notify", World.Text("pager")));
        await world.SweepAsync();
        Assert.Equal([$"pager Opened Shutdown {Unit}"], world.Told);

        await using var other = await WorldAsync();
        await SpentAsync(other, 1_500, 600);
        await other.World.PutRowAsync("default", ("BudgetValue", World.Number("1")));
        await other.World.PutRowAsync("r-ab12", ("Notify", World.Text("pager Emergency")));
        await other.SweepAsync();
        await other.World.PutRowAsync("r-ab12", ("OnDelete", World.Text("RETAIN")));
        await other.SweepAsync();
        Assert.Equal([$"pager Opened Shutdown {Unit}", $"Operations Opened Shutdown {Unit}"], other.Told);
    }

    [Fact]
    public async Task A_new_month_ends_it_before_any_account_was_looked_at_and_a_row_without_it_too()
    {
        await using var world = await WorldAsync();
        await SpentAsync(world, 700, 400);
        await world.SweepAsync();
        world.World.Clock.Advance(TimeSpan.FromDays(30));
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Over {Unit}", $"finops Resolved Over {Unit}"], world.Told);

        await SpentAsync(world, 700, 400);
        await world.SweepAsync();
        await world.World.PutRowAsync(Unit, ("BudgetValue", World.Number("500")));
        await world.SweepAsync();
        Assert.Equal([$"finops Opened Over {Unit}", $"finops Resolved Over {Unit}"], world.Told[2..]);
        Assert.Equal($"The row {Unit} has no envelope any more.", world.Texts[^1]);
    }

    private static AttributeValue Envelope() => new() { M = new Dictionary<string, AttributeValue> { ["Amount"] = World.Number("1000") } };

    private static async Task<NotifyWorld> WorldAsync()
    {
        var world = await NotifyWorld.CreateAsync();
        await world.World.PutRowAsync(Unit, ("Envelope", Envelope()), ("BudgetValue", World.Number("500")));
        return world;
    }

    private static async Task SpentAsync(NotifyWorld world, decimal one, decimal other)
    {
        foreach (var (account, spent) in new[] { (World.Alpha, one), (Other, other) })
        {
            await world.SpendAsync(SpendState.Under, account);
            await world.World.Status.StepAsync(
                account,
                row => row! with
                {
                    ItemVersion = row.ItemVersion + 1,
                    Path = [Unit, "r-ab12"],
                    Budgets =
                    [
                        new ReportedBudget("SpokeAccountBudget", 500, "USD", spent, null, SpendState.Under)
                        {
                            Period = BudgetPeriod.Of(TimeUnit.MONTHLY, DateOnly.FromDateTime(world.World.Clock.GetUtcNow().UtcDateTime)),
                        },
                    ],
                    Spend = [],
                },
                CancellationToken.None);
        }
    }
}
