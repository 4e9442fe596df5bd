using System.Collections.Immutable;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Reports;

/// <summary>Between what a report says of a budget and what Spend decides on.</summary>
public static class SpendLooks
{
    /// <param name="history">Items of this budget from the history table; those of other days than the look's give the single days.</param>
    /// <param name="accountSpends">As <see cref="SpendLook.AccountSpends"/>.</param>
    public static SpendLook Of(ReportedBudget budget, BudgetPeriod period, ImmutableArray<HistoryItem> history, bool accountSpends)
    {
        var at = budget.AsOf ?? DateTimeOffset.UnixEpoch;
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var now = new HistoryItem
        {
            Key = new HistoryKey(budget.Name, today),
            Period = period,
            Unit = budget.Unit,
            Actual = budget.ActualSpend,
            WrittenAt = at,
        };
        return new SpendLook
        {
            At = at,
            Period = period,
            Unit = budget.Unit,
            Limit = budget.Limit,
            Actual = budget.ActualSpend,
            Forecast = budget.ForecastedSpend,
            Days = SpendHistory.Days(budget.Name, history.Where(item => item.Key.Day < today).Append(now)),
            UpdatedAt = budget.UpdatedAt,
            HealthProblem = budget.HealthProblem,
            HealthSince = budget.HealthSince,
            BudgetEnd = budget.EndsAt,
            AccountSpends = accountSpends,
            Thresholds = budget.Thresholds,
        };
    }

    /// <summary>The budget with the amounts that count: where AWS has just forgotten them, the last true ones of the period, or none.</summary>
    internal static ReportedBudget Shown(ReportedBudget budget, BudgetPeriod period, SpendAssessment assessment)
    {
        var memory = assessment.Memory;
        var held = assessment.Freshness is Freshness.Held;
        var kept = held && memory.Period == period;
        return budget with
        {
            SpendState = assessment.State,
            ActualSpend = kept ? memory.Actual : held ? null : budget.ActualSpend,
            ForecastedSpend = kept ? memory.Forecast : held ? null : budget.ForecastedSpend,
        };
    }

    /// <summary>A report that was made after a look and whose amounts are older: the settings are its own, the amounts those of the look.</summary>
    internal static ReportedBudget Newer(ReportedBudget budget, ReportedBudget? known, SpendState state) => known is null
        ? budget with { SpendState = state }
        : budget with
        {
            SpendState = known.SpendState,
            ActualSpend = known.ActualSpend,
            ForecastedSpend = known.ForecastedSpend,
            AsOf = known.AsOf,
            Period = known.Period,
        };
}
