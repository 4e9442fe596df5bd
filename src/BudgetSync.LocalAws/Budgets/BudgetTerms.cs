using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>What a caller asked a budget to be, with the time period filled in. What AWS alone writes (spend, health, times) is not read.</summary>
internal sealed record BudgetTerms
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string TimeUnit { get; init; }

    public Spend? Limit { get; init; }

    /// <summary>Limits by the start of their period; null where the budget is not planned.</summary>
    public ImmutableSortedDictionary<DateTimeOffset, Spend>? Planned { get; init; }

    public JsonObject? AutoAdjust { get; init; }

    public JsonObject? CostFilters { get; init; }

    public JsonObject? CostTypes { get; init; }

    public JsonObject? FilterExpression { get; init; }

    public string? Metric { get; init; }

    public string? BillingViewArn { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    /// <summary>The period as given, before AWS fills it in.</summary>
    public bool HasStartAndEnd { get; init; }

    public bool CountsCostOrUsage => Type is "COST" or "USAGE";

    /// <summary>True: the budget filters by FilterExpression and Metrics, and so has neither CostFilters nor CostTypes.</summary>
    public bool IsExpressionStyle => FilterExpression is not null || Metric is not null;

    /// <summary>True: the budget cannot be computed, because nothing says by which metric.</summary>
    public bool LacksMetric => FilterExpression is not null && Metric is null;

    /// <summary>The period that a time lies in: of the calendar, in UTC, or the one period of a CUSTOM budget.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) PeriodAt(DateTimeOffset time)
    {
        if (TimeUnit == "CUSTOM") return (Start, End);
        var start = Period.StartOf(TimeUnit, time);
        return (start, Period.EndOf(TimeUnit, start));
    }

    public static BudgetTerms Read(JsonObject budget, DateTimeOffset now)
    {
        var timeUnit = budget.RequiredText("TimeUnit");
        var period = budget.Structure("TimePeriod");
        return new BudgetTerms
        {
            Name = budget.RequiredText("BudgetName"),
            Type = budget.RequiredText("BudgetType"),
            TimeUnit = timeUnit,
            Limit = budget.Structure("BudgetLimit") is { } limit ? Spend.Read(limit) : null,
            Planned = ReadPlanned(budget.Structure("PlannedBudgetLimits")),
            AutoAdjust = Copy(budget.Structure("AutoAdjustData")),
            CostFilters = Copy(budget.Structure("CostFilters")) is { Count: > 0 } filters ? filters : null,
            CostTypes = Copy(budget.Structure("CostTypes")),
            FilterExpression = Copy(budget.Structure("FilterExpression")),
            Metric = budget.Texts("Metrics").FirstOrDefault(),
            BillingViewArn = budget.Text("BillingViewArn"),
            Start = period?.Moment("Start") ?? Period.StartOf(timeUnit, now),
            End = period?.Moment("End") ?? Period.LastEnd,
            HasStartAndEnd = period?["Start"] is not null && period["End"] is not null,
        };
    }

    /// <summary>A copy, because the request stays in the call log and must not change with the budget.</summary>
    private static JsonObject? Copy(JsonObject? value) => (JsonObject?)value?.DeepClone();

    private static ImmutableSortedDictionary<DateTimeOffset, Spend>? ReadPlanned(JsonObject? limits)
    {
        if (limits is null || limits.Count == 0) return null;
        var planned = ImmutableSortedDictionary.CreateBuilder<DateTimeOffset, Spend>();
        foreach (var (key, limit) in limits)
        {
            if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
                throw BudgetErrors.Invalid($"PlannedBudgetLimits: the key \"{key}\" is not the start of a period in epoch seconds.");
            planned[DateTimeOffset.FromUnixTimeSeconds(seconds)] = Spend.Read(limit!.AsObject());
        }

        return planned.ToImmutable();
    }
}
