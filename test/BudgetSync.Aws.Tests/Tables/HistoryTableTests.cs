using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using static BudgetSync.Aws.Tests.World;

namespace BudgetSync.Aws.Tests.Tables;

public sealed class HistoryTableTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task An_item_survives_the_table()
    {
        await using var world = await World.CreateAsync(Alpha);
        var full = Item("team#a", Day, 640.25m) with
        {
            Limit = 1000,
            Forecast = 1700.5m,
            Pace = 1.6m,
            State = SpendState.Over,
            Source = HistorySource.CostExplorer,
        };
        var bare = Item("team-b", Day, null) with { Estimated = false };

        await WriteAsync(world, full, bare);

        Assert.Equal([full, bare], (await world.History.ReadAsync(Alpha, CancellationToken.None)).OrderBy(item => item.Key));
    }

    [Fact]
    public async Task The_later_write_of_a_day_stays_in_whatever_order_they_come()
    {
        await using var world = await World.CreateAsync(Alpha);
        var late = Item("a", Day, 20) with { WrittenAt = Start.AddHours(4) };

        await WriteAsync(world, late, Item("a", Day, 10));
        Assert.Equal(late, Assert.Single(await world.History.ReadAsync(Alpha, CancellationToken.None)));

        await WriteAsync(world, late with { Actual = 30, WrittenAt = Start.AddHours(8) });
        Assert.Equal(30, (await world.History.ReadAsync(Alpha, CancellationToken.None))[0].Actual);
    }

    [Fact]
    public async Task A_final_amount_is_replaced_by_no_estimate()
    {
        await using var world = await World.CreateAsync(Alpha);
        var final = Item("a", Day, 20) with { Estimated = false };

        await WriteAsync(world, Item("a", Day, 10) with { WrittenAt = Start.AddHours(1) }, final, Item("a", Day, 30) with { WrittenAt = Start.AddHours(9) });

        Assert.Equal(final, Assert.Single(await world.History.ReadAsync(Alpha, CancellationToken.None)));
    }

    [Fact]
    public async Task A_budget_is_read_without_those_whose_names_sort_in_between()
    {
        await using var world = await World.CreateAsync(Alpha);
        await WriteAsync(world, Item("a", Day.AddDays(-1), 1), Item("a", Day, 2), Item("a", Day.AddDays(1), 3), Item($"a#{Day:yyyy-MM-dd}", Day, 4));

        var read = await world.History.ReadAsync(Alpha, "a", Day, Day.AddDays(1), CancellationToken.None);

        Assert.Equal([2m, 3m], read.Select(item => item.Actual));
    }

    private static async Task WriteAsync(World world, params HistoryItem[] items)
    {
        foreach (var item in items) await world.History.WriteAsync(Alpha, item, CancellationToken.None);
    }

    private static HistoryItem Item(string budget, DateOnly day, decimal? actual) => new()
    {
        Key = new HistoryKey(budget, day),
        Period = BudgetPeriod.Of(TimeUnit.MONTHLY, day),
        Unit = "USD",
        Actual = actual,
        WrittenAt = Start,
    };
}
