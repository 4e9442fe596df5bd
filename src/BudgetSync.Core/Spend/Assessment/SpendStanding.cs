using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>Where the money of one budget stands since its last look: what is shown of it, and what the next look needs.</summary>
public sealed record SpendStanding(string BudgetName, SpendMemory Memory)
{
    /// <summary>How the state came about, a line for each reason.</summary>
    public EquatableArray<string> Why { get; init; } = [];

    /// <summary>As <see cref="Trend.Pace.Ratio"/>.</summary>
    public decimal? Pace { get; init; }

    /// <summary>As <see cref="BurnRate.PerDay"/>.</summary>
    public decimal? BurnPerDay { get; init; }

    /// <summary>As <see cref="Runway.Days"/>.</summary>
    public decimal? RunwayDays { get; init; }

    /// <inheritdoc cref="Runway.ExhaustedOn"/>
    public DateOnly? ExhaustedOn { get; init; }

    /// <summary>The standing after a look. What says nothing new leaves it as it was.</summary>
    public static SpendStanding After(SpendStanding before, SpendAssessment assessment, SpendLook look)
    {
        if (ReferenceEquals(assessment.Memory, before.Memory)) return before;
        // Without a state there are no amounts to go by; what was known of the trend would be of another day.
        if (assessment.State == SpendState.Unknown) return new(before.BudgetName, assessment.Memory) { Why = assessment.Why };
        var memory = assessment.Memory;
        var spend = new PeriodSpend(look.Period, look.Day, look.Limit ?? 0, memory.Actual ?? 0, look.Unit) { Days = look.Days, IsRunning = true };
        var runway = Runway.Of(spend);
        return new(before.BudgetName, memory)
        {
            Why = assessment.Why,
            Pace = Trend.Pace.Of(spend).Ratio,
            BurnPerDay = BurnRate.Of(spend).PerDay,
            RunwayDays = runway.Days,
            ExhaustedOn = runway.ExhaustedOn,
        };
    }
}
