using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>What one principal has used of one model in one Region on one day of UTC.</summary>
/// <param name="Hours">USD by the list, of each of the 24 hours; calls without a known price are in none.</param>
public sealed record AiDaySum(AiPrincipal Principal, BedrockModel Model, string Region, DateOnly Day, ImmutableArray<decimal> Hours)
{
    public long Calls { get; init; }

    public TokenCount Tokens { get; init; }

    public long UnpricedCalls { get; init; }

    /// <summary>As <see cref="AiCharge.IsUncounted"/>.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>When a late one of its calls was made; null where that is not known.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Of the hours that begin in a period; every window begins and ends with an hour.</summary>
    public decimal In(AiPeriod period)
    {
        var midnight = new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero);
        return Hours.Where((_, hour) => period.Holds(midnight.AddHours(hour))).Sum();
    }

    /// <summary>Whether any hour of the day is in a period.</summary>
    public bool Touches(AiPeriod period)
    {
        var midnight = new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero);
        return midnight < period.End && midnight.AddDays(1) > period.Start;
    }
}
