using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>
/// All that must be remembered of a budget from one look to the next. Values only, so that it can be stored next to the budget in the status row.
/// </summary>
public sealed record SpendMemory
{
    /// <summary>Of a budget without a look yet.</summary>
    public static SpendMemory None { get; } = new();

    /// <summary>The last state that was known.</summary>
    public SpendState State { get; init; }

    /// <summary>The period that the state and the amounts are of.</summary>
    public BudgetPeriod? Period { get; init; }

    /// <summary>That the last true amounts were measured against.</summary>
    public decimal? Limit { get; init; }

    /// <summary>The last true amounts of the period, and when they were read.</summary>
    public decimal? Actual { get; init; }

    /// <inheritdoc cref="Actual"/>
    public decimal? Forecast { get; init; }

    /// <inheritdoc cref="Actual"/>
    public DateTimeOffset? AmountsAt { get; init; }

    /// <summary>Since when <see cref="Actual"/> is what it is.</summary>
    public DateTimeOffset? ActualSince { get; init; }

    public DateTimeOffset? LastLookAt { get; init; }

    /// <summary>What the last look said of the amounts.</summary>
    public Freshness Freshness { get; init; } = new Freshness.Current();

    /// <summary>The states below <see cref="State"/> that looks have kept to, lowest first; empty where the last one kept to none.</summary>
    public EquatableArray<FallingState> Falling { get; init; } = [];

    /// <summary>Since when every look has found AWS's forecast at <see cref="SpendBounds.ForecastCriticalFrom"/> or above.</summary>
    public DateTimeOffset? ForecastCriticalSince { get; init; }

    /// <summary>As <see cref="ForecastCriticalSince"/>, of <see cref="SpendBounds.ForecastShutdownFrom"/>.</summary>
    public DateTimeOffset? ForecastShutdownSince { get; init; }

    /// <summary>How many periods in a row closed as <see cref="SpendState.Unused"/>.</summary>
    public int UnusedPeriods { get; init; }

    /// <summary>When spending was first and last seen.</summary>
    public DateOnly? FirstSpentOn { get; init; }

    /// <inheritdoc cref="FirstSpentOn"/>
    public DateOnly? LastSpentOn { get; init; }

    /// <summary>The lowest level of runway that was told in the period, in days.</summary>
    public int? RunwayLevel { get; init; }

    /// <summary>True where the money lasts longer again than <see cref="RunwayLevel"/> says, until a lower level is reached.</summary>
    public bool RunwayOver { get; init; }

    /// <summary>The notifications that were in ALARM.</summary>
    public EquatableSet<NotificationKey> Alarms { get; init; } = [];
}

/// <summary>A state that every look since then has found, or a lower one.</summary>
/// <param name="Since">When the first of them was.</param>
public readonly record struct FallingState(SpendState To, DateTimeOffset Since);
