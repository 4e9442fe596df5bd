namespace BudgetSync.Core.Spend.History;

/// <summary>Where an item's amounts come from.</summary>
public enum HistorySource
{
    /// <summary>A look: the period's total of that day.</summary>
    Look,

    /// <summary>DescribeBudgetPerformanceHistory: a closed period's total, on its last day.</summary>
    BackFill,

    /// <summary>Cost Explorer.</summary>
    CostExplorer,
}

/// <summary>One day of one budget of one account: an item of the history table.</summary>
public sealed record HistoryItem
{
    /// <summary>Ours: thirteen months and a few days, so that a month can be seen beside the same month a year before.</summary>
    private const int KeptDays = 400;

    public required HistoryKey Key { get; init; }

    /// <summary>The period that the amounts are of. The key's day lies in it.</summary>
    public required BudgetPeriod Period { get; init; }

    /// <summary>Of all amounts.</summary>
    public required string Unit { get; init; }

    /// <summary>In force on that day, grants included.</summary>
    public decimal? Limit { get; init; }

    /// <summary>What the period had cost by the end of the day.</summary>
    public decimal? Actual { get; init; }

    public decimal? Forecast { get; init; }

    public decimal? Pace { get; init; }

    public SpendState State { get; init; }

    /// <summary>True while AWS may still change the amount.</summary>
    public bool Estimated { get; init; } = true;

    public HistorySource Source { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>When the table may forget it.</summary>
    public DateTimeOffset ExpiresAt => new(Key.Day.AddDays(KeptDays), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>
    /// Which of two items of the same key stays: a final one before an estimated one, then the later write. What follows only makes the order total, so that
    /// the answer is the same in whatever order items come.
    /// </summary>
    public static HistoryItem Later(HistoryItem one, HistoryItem other) => Rank(one).CompareTo(Rank(other)) >= 0 ? one : other;

    private static (bool, DateTimeOffset, HistorySource, (decimal?, decimal?, decimal?, decimal?), SpendState, string) Rank(HistoryItem item) =>
        (!item.Estimated, item.WrittenAt, item.Source, (item.Actual, item.Limit, item.Forecast, item.Pace), item.State, $"{item.Unit} {item.Period}");
}
