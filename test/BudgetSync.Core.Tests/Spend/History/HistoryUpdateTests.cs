using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Tests.Spend.History;

public sealed class HistoryUpdateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 12, 12, 0, 0, TimeSpan.Zero);
    private static readonly BudgetPeriod November = BudgetPeriod.Of(TimeUnit.MONTHLY, new DateOnly(2026, 11, 12));

    [Fact]
    public void A_look_is_the_item_of_its_day_with_what_was_in_force()
    {
        var item = HistoryUpdate.OfLook(Standing(Noon, 640), "USD");

        Assert.Equal(
            new HistoryItem
            {
                Key = new("team-a", new DateOnly(2026, 11, 12)),
                Period = November,
                Unit = "USD",
                Limit = 1000,
                Actual = 640,
                Forecast = 1700,
                Pace = 1.6m,
                State = SpendState.Over,
                WrittenAt = Noon,
            },
            item);
    }

    [Fact]
    public void A_look_whose_amounts_are_held_or_blind_writes_nothing() =>
        Assert.Null(HistoryUpdate.OfLook(Standing(Noon, 640) with { Memory = Standing(Noon, 640).Memory with { LastLookAt = Noon.AddHours(4) } }, "USD"));

    [Fact]
    public void A_later_look_of_a_day_is_written_only_where_it_says_something_else()
    {
        var first = HistoryUpdate.OfLook(Standing(Noon, 640), "USD")!; // Not null: its amounts are of the look itself.
        var same = HistoryUpdate.OfLook(Standing(Noon.AddHours(4), 640), "USD")!; // As above.
        var more = HistoryUpdate.OfLook(Standing(Noon.AddHours(4), 650), "USD")!; // As above.

        Assert.Empty(HistoryUpdate.Of([first], [same]));
        Assert.Equal([more], HistoryUpdate.Of([first], [more]).AsEnumerable());
        Assert.Empty(HistoryUpdate.Of([more], [first]));
    }

    [Fact]
    public void AWS_own_history_replaces_the_amount_of_a_last_day_and_keeps_what_only_a_look_knows()
    {
        var look = HistoryUpdate.OfLook(Standing(new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero), 1900), "USD")!; // As above.
        var later = new DateTimeOffset(2026, 12, 9, 3, 0, 0, TimeSpan.Zero);
        var closed = SpendHistory.BackFill("team-a", [new ClosedAmount(November, "USD", 1000, 1987.5m)], later);

        var written = Assert.Single(HistoryUpdate.Of([look], closed));

        Assert.Equal(
            (1987.5m, 1.6m, SpendState.Over, 1700m, false, HistorySource.BackFill),
            (written.Actual, written.Pace, written.State, written.Forecast, written.Estimated, written.Source));
        Assert.Empty(HistoryUpdate.Of([written], closed));
        Assert.Empty(HistoryUpdate.Of([written], [look with { WrittenAt = Noon.AddDays(40) }]));
    }

    private static SpendStanding Standing(DateTimeOffset at, decimal actual) => new("team-a", new SpendMemory
    {
        State = SpendState.Over,
        Period = November,
        Limit = 1000,
        Actual = actual,
        Forecast = 1700,
        AmountsAt = at,
        LastLookAt = at,
    })
    { Pace = 1.6m };
}
