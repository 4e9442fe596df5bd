using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Reports;

/// <summary>What a spoke says of one of its budgets.</summary>
/// <param name="Limit">The limit in force now; null where AWS has not computed it.</param>
/// <param name="Unit">Of all three amounts, for example <c>USD</c>.</param>
/// <param name="ActualSpend">Null until AWS has computed it.</param>
/// <param name="ForecastedSpend">Null until AWS forecasts (about five weeks of history).</param>
public sealed record ReportedBudget(string Name, decimal? Limit, string Unit, decimal? ActualSpend, decimal? ForecastedSpend, SpendState SpendState)
{
    /// <summary>
    /// The desired budgets as a report tells them, in order of name. Spends are those read before the plan was carried out: UpdateBudget zeroes what AWS
    /// computed, so they are the last true ones.
    /// </summary>
    public static ImmutableArray<ReportedBudget> Of(DesiredBudgets desired, ActualBudgets actual, SpendBounds bounds)
    {
        var found = actual.Budgets.Where(budget => budget.Managed).ToDictionary(budget => budget.Settings.Name, StringComparer.Ordinal);
        return
        [
            .. desired.Budgets.OrderBy(budget => budget.Settings.Name, StringComparer.Ordinal)
                .Select(budget => One(budget.Settings, found.GetValueOrDefault(budget.Settings.Name), bounds))
        ];
    }

    /// <summary>The same budget judged by other bounds: those of the management account's settings, which a spoke does not know.</summary>
    public ReportedBudget Judged(SpendBounds bounds) => this with { SpendState = bounds.StateOf(In(Limit), In(ActualSpend), In(ForecastedSpend)) };

    private SpendAmount? In(decimal? amount) => amount is { } known ? new SpendAmount(known, Unit) : null;

    private static ReportedBudget One(BudgetSettings settings, ActualBudget? actual, SpendBounds bounds)
    {
        var limit = settings.Amount is BudgetAmount.Fixed(var wanted) ? wanted : actual?.CurrentLimit;
        var unit = limit?.Unit ?? actual?.ActualSpend?.Unit ?? "";
        return new ReportedBudget(
            settings.Name,
            limit?.Amount,
            unit,
            InUnit(actual?.ActualSpend, unit),
            InUnit(actual?.ForecastedSpend, unit),
            bounds.StateOf(limit, actual?.ActualSpend, actual?.ForecastedSpend));
    }

    private static decimal? InUnit(SpendAmount? spend, string unit) => spend is { } known && known.Unit == unit ? known.Amount : null;
}
