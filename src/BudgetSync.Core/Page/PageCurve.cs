using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Page;

/// <summary>How the money of one budget went, this period day by day and the periods before it.</summary>
/// <param name="Period">The one that runs.</param>
/// <param name="Totals">What it had cost by the end of each day that is known.</param>
/// <param name="Forecast">Our own, for its interval; <see cref="SpendForecast.Amount"/> null where there is none.</param>
/// <param name="Closed">The periods before, oldest first; the page shows the last twelve, so that with this one there are thirteen.</param>
/// <param name="Thresholds">Amounts at which an alert fires.</param>
public sealed record PageCurve(
    BudgetPeriod Period,
    EquatableArray<DayTotal> Totals,
    SpendForecast Forecast,
    EquatableArray<PeriodResult> Closed,
    EquatableArray<PageThreshold> Thresholds);

/// <summary>An alert of the budget, as an amount to draw and as words.</summary>
public readonly record struct PageThreshold(decimal Amount, string Text);
