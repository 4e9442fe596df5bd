using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>What all principals of an account used of one model on one day that is old enough to be compared with a bill.</summary>
/// <param name="Model">The id; <see cref="Rest"/> of those that are not named.</param>
/// <param name="Cost">USD by the list, less the discount that the row says now, of the calls whose price is known.</param>
public sealed record AiDayCost(DateOnly Day, string Model, decimal Cost)
{
    /// <summary>What stands for the models of a day that are not among its dearest.</summary>
    public const string Rest = "others";

    /// <summary>Days that a report has.</summary>
    public const int MostDays = 14;

    /// <summary>Models of a day that are named.</summary>
    public const int MostModels = 20;

    /// <summary>Bills of models bought through AWS Marketplace settle within it (aws-facts: cost data lags 8 to 24 hours, those more than 48).</summary>
    private const int DaysToSettle = 3;

    public long Calls { get; init; }

    /// <summary>Calls that are not in <see cref="Cost"/>.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Calls that are not, or not whole, in <see cref="Cost"/>, because the log does not tell their tokens.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>The first and the last day that a report of this moment has: each ended more than 72 hours ago.</summary>
    public static (DateOnly First, DateOnly Last) Span(DateTimeOffset now)
    {
        var last = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DaysToSettle - 1);
        return (last.AddDays(1 - MostDays), last);
    }

    /// <summary>Of each day each model, the dearest by name, in order.</summary>
    /// <param name="paid">What is paid of a list price, 0 to 1.</param>
    public static ImmutableArray<AiDayCost> Of(IEnumerable<AiDaySum> sums, decimal paid) =>
    [
        .. sums.GroupBy(sum => sum.Day).OrderBy(day => day.Key).SelectMany(day => OfDay(day.Key, day, paid)),
    ];

    private static IEnumerable<AiDayCost> OfDay(DateOnly day, IEnumerable<AiDaySum> sums, decimal paid)
    {
        var models = sums.GroupBy(sum => sum.Model.Id).Select(model => Sum(day, model.Key, model, paid))
            .OrderByDescending(model => model.Cost).ThenBy(model => model.Model, StringComparer.Ordinal).ToList();
        var named = models.Take(MostModels);
        if (models.Count <= MostModels) return named;
        var rest = models.Skip(MostModels).ToList();
        return named.Append(new AiDayCost(day, Rest, rest.Sum(model => model.Cost))
        {
            Calls = rest.Sum(model => model.Calls),
            UnpricedCalls = rest.Sum(model => model.UnpricedCalls),
            UncountedCalls = rest.Sum(model => model.UncountedCalls),
        });
    }

    private static AiDayCost Sum(DateOnly day, string model, IEnumerable<AiDaySum> sums, decimal paid)
    {
        var all = sums.ToList();
        return new AiDayCost(day, model, all.Sum(sum => sum.Hours.Sum()) * paid)
        {
            Calls = all.Sum(sum => sum.Calls),
            UnpricedCalls = all.Sum(sum => sum.UnpricedCalls),
            UncountedCalls = all.Sum(sum => sum.UncountedCalls),
        };
    }
}
