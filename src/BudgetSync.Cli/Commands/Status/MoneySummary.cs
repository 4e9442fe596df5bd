using System.Globalization;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Assessment;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Where the money of all budgets stands, and who needs attention first, in two sentences.</summary>
internal static class MoneySummary
{
    private const int Named = 3;

    /// <summary>Times the limit: a forecast beyond that is no number to be told.</summary>
    private const decimal MostTold = 10_000;

    /// <summary>For each sentence a line; none where no budget has been looked at with amounts yet.</summary>
    public static IEnumerable<string> Of(IEnumerable<CoverageLine> lines)
    {
        var all = (from line in lines
                   where line.IsAccount
                   from standing in line.Status?.Spend ?? []
                   let budget = line.Status?.Budgets.FirstOrDefault(budget => budget.Name == standing.BudgetName && !budget.Missing)
                   where budget is not null && standing.Memory.State != SpendState.Unknown
                   select (Line: line, Standing: standing, Budget: budget)).ToList();
        if (all.Count == 0) yield break;
        var counts = all.GroupBy(one => one.Standing.Memory.State)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{Number.Of(group.Count())} {group.Key}");
        yield return $"Money of {Number.Count(all.Count, "budget")}, as last looked at: {string.Join(", ", counts)}.";
        var over = all.Where(one => one.Standing.Memory.State >= SpendState.Over)
            .OrderByDescending(one => one.Standing.Memory.State)
            .ThenByDescending(one => SpendCells.Used(one.Budget) ?? 0)
            .ToList();
        if (over.Count > 0) yield return Sentence("Over or worse", over, Reached);
        var early = all.Where(one => one.Standing is { ExhaustedOn: { } day, Memory.Period: { } period } && day < period.End && Left(one.Budget))
            .OrderBy(one => one.Standing.ExhaustedOn)
            .ToList();
        if (early.Count > 0)
            yield return Sentence("Out of money before the period ends", early, one => $"on {DayText.Format(one.Standing.ExhaustedOn!.Value)}");
    }

    /// <summary>
    /// <c>240 %</c>. Below the limit a budget is over for another reason, which would be missing beside the bare percent: the forecast, or looks of before that
    /// still count.
    /// </summary>
    private static string Reached((CoverageLine Line, SpendStanding Standing, ReportedBudget Budget) one)
    {
        if (SpendCells.Used(one.Budget) is not { } used) return "";
        var (limit, forecast) = (one.Budget.Limit, one.Budget.ForecastedSpend);
        return used switch
        {
            > 100 => Text($"{used:#,0} %"),
            _ when forecast > limit => Text($"{used:#,0} %, {Math.Round(Math.Min(forecast.Value / limit.Value, MostTold) * 100):#,0} % expected"),
            _ when one.Standing.Why.Items is [.., var why] => Text($"{used:#,0} %, {why}"),
            _ => Text($"{used:#,0} %"),
        };
    }

    /// <summary>What is above its limit already is told as that.</summary>
    private static bool Left(ReportedBudget budget) => budget is { Limit: { } limit, ActualSpend: { } spent } && spent < limit;

    private static string Sentence(
        string what,
        List<(CoverageLine Line, SpendStanding Standing, ReportedBudget Budget)> found,
        Func<(CoverageLine Line, SpendStanding Standing, ReportedBudget Budget), string> told)
    {
        var named = found.Take(Named).Select(one => $"{one.Line.Key} {Printable.Line(one.Budget.Name)} {told(one)}".TrimEnd());
        var more = found.Count > Named ? $" and {Number.Of(found.Count - Named)} more ('budgetsync report --html FILE' has them all)" : "";
        return $"{what}: {string.Join(", ", named)}{more}.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
