using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Spend.Trend;

namespace BudgetSync.Core.Page;

/// <summary>The page's lines, from what <c>status</c> knows, and a line's curve, from the history table.</summary>
public static class PageLines
{
    /// <summary>A line per budget of every account; one for each account of which no budget is known.</summary>
    public static ImmutableArray<PageLine> Of(OrganizationCoverage coverage, OrganizationTree tree) =>
        [.. coverage.Lines.Where(line => line.IsAccount).SelectMany(line => OfAccount(line, PathOf(line.Key, tree)))];

    /// <summary>The line with its history, where the table has any of it.</summary>
    /// <param name="items">The account's items, of all its budgets.</param>
    public static PageLine WithCurve(PageLine line, IEnumerable<HistoryItem> items, DateTimeOffset now)
    {
        var own = items.Where(item => item.Key.BudgetName == line.Budget).ToImmutableArray();
        if (line.Period is not { Days: > 0 } period || own.IsEmpty) return line;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var totals = own.Where(item => item.Period == period && item.Actual is not null)
            .Select(item => new DayTotal(period, item.Key.Day, item.Actual ?? 0))
            .ToImmutableArray();
        var spend = new PeriodSpend(period, totals.IsEmpty ? today : totals.Max(total => total.Day), line.Limit ?? 0, line.Actual ?? 0, line.Currency)
        {
            Days = SpendHistory.Days(line.Budget, own),
        };
        var forecast = SpendForecast.Own(spend);
        return line with
        {
            Forecast = line.Forecast ?? forecast.Amount,
            Curve = new PageCurve(period, totals, forecast, PeriodResult.Of(own, today), line.Thresholds),
        };
    }

    private static IEnumerable<PageLine> OfAccount(CoverageLine line, string unit)
    {
        if (line.Status is not { Budgets.IsEmpty: false } status)
            return [new PageLine(line.Key, line.Name, unit, "", line.State, SpendState.Unknown) { Why = line.Reasons }];
        var standings = status.Spend.ToDictionary(standing => standing.BudgetName, StringComparer.Ordinal);
        return status.Budgets.Select(budget => OfBudget(line, unit, budget, standings.GetValueOrDefault(budget.Name)));
    }

    private static PageLine OfBudget(CoverageLine line, string unit, ReportedBudget budget, SpendStanding? standing)
    {
        var memory = standing?.Memory;
        return new PageLine(line.Key, line.Name, unit, budget.Name, line.State, budget.SpendState)
        {
            Limit = budget.Limit,
            Actual = budget.ActualSpend,
            Forecast = budget.ForecastedSpend,
            Currency = budget.Unit,
            Pace = standing?.Pace,
            ExhaustedOn = standing?.ExhaustedOn,
            AsOf = memory?.AmountsAt ?? budget.AsOf,
            Period = memory?.Period ?? budget.Period,
            Doubt = Doubt(memory?.Freshness, budget, line.Key),
            Why = [.. line.Reasons, .. standing?.Why ?? []],
        };
    }

    private static string Doubt(Freshness? freshness, ReportedBudget budget, string account) => freshness switch
    {
        Freshness.Blind blind => blind.Text(budget.Name, account),
        Freshness.Held held => held.Reason,
        _ => budget.HealthProblem ?? "",
    };

    /// <summary>The OUs above an account by name, the root left out: <c>Engineering / Platform</c>.</summary>
    private static string PathOf(string account, OrganizationTree tree) => AccountId.TryParse(account, out var id)
        ? string.Join(" / ", tree.PathOf(id).OfType<Scope.OrganizationalUnit>().Take(1).SelectMany(nearest => tree.NamesTo(nearest).Skip(1)))
        : "";
}
