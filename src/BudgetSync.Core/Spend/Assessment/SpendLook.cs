using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>What one look at a budget found, as AWS answered it; what is null was absent.</summary>
public sealed record SpendLook
{
    /// <summary>When AWS was asked.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The period of the amounts.</summary>
    public required BudgetPeriod Period { get; init; }

    /// <summary>Of all amounts.</summary>
    public required string Unit { get; init; }

    public decimal? Limit { get; init; }

    public decimal? Actual { get; init; }

    /// <summary>AWS's own.</summary>
    public decimal? Forecast { get; init; }

    /// <summary>The single days known (<see cref="PeriodSpend.Days"/>), from history.</summary>
    public EquatableArray<DailyAmount> Days { get; init; } = [];

    /// <summary>When the budget was last written, by anybody (AWS's LastUpdatedTime) or by us; null where it is not known.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>AWS's reason where the budget is unhealthy, as in <see cref="ActualBudget.HealthProblem"/>.</summary>
    public string? HealthProblem { get; init; }

    /// <summary>Since when (HealthStatus.LastUpdatedTime).</summary>
    public DateTimeOffset? HealthSince { get; init; }

    /// <summary>TimePeriod.End, where one is set.</summary>
    public DateTimeOffset? BudgetEnd { get; init; }

    /// <summary>True where something else (another budget, Cost Explorer) shows that the account has spent in the last two days.</summary>
    public bool AccountSpends { get; init; }

    /// <summary>Null where notifications were not read: then none has changed.</summary>
    public EquatableArray<ThresholdState>? Thresholds { get; init; }

    internal DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);
}
