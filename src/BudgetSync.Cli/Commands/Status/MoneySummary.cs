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
        if (over.Count > 0) yield return Sentence("Over or worse", over, one => SpendCells.Used(one.Budget) is { } used ? Text($"{used:0} %") : "");
        var early = all.Where(one => one.Standing is { ExhaustedOn: { } day, Memory.Period: { } period } && day < period.End && Left(one.Budget))
            .OrderBy(one => one.Standing.ExhaustedOn)
            .ToList();
        if (early.Count > 0)
            yield return Sentence("Out of money before the period ends", early, one => $"on {DayText.Format(one.Standing.ExhaustedOn!.Value)}");
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
