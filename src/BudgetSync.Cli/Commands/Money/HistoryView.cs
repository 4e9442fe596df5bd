using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.Costs;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Cli.Commands.Money;

/// <summary>An account's history as people and scripts read it.</summary>
internal static class HistoryView
{
    private static readonly TextColumn[] Columns =
    [
        new("PERIOD"), new("LIMIT", Right: true), new("SPENT", Right: true), new("VARIANCE", Right: true, Goes: 1), new("%", Right: true),
        new("OVER SINCE", Goes: 2), new("HIGHEST", Goes: 3), new("NOTE", Goes: 4),
    ];

    public static void Write(ConsoleContext terminal, string account, ImmutableArray<BudgetHistory> budgets)
    {
        if (budgets.IsEmpty)
        {
            terminal.Error.WriteLine(
                $"Nothing is kept of {account} yet: its first look or its first daily apply writes the first day. 'budgetsync status {account}' tells where it "
                    + "stands.");
            return;
        }

        foreach (var budget in budgets)
        {
            terminal.WriteFolded(
                budget.Name == AllCosts.Name
                    ? $"All costs of {account}, as Cost Explorer tells them, without credits and refunds"
                    : Printable.Line($"{budget.Name} of {account}: {budget.Summary.Explanation}; {budget.Summary.Accuracy.Explanation}"),
                indent: 4);
            // Blocks are for eyes: where the output goes to a file or another program, the numbers below say the same.
            var amounts = budget.Closed.IsEmpty
                ? [.. budget.WithoutLimit.Select(last => last.Actual)]
                : budget.Closed.Select(period => (decimal?)period.Actual).ToList();
            if (terminal.Interactive && amounts.Count > 1) terminal.Out.WriteLine($"  {Sparkline.Of(amounts)}");
            TableScreen.Write(terminal, Columns, Rows(budget), indent: 2);
            terminal.Out.WriteLine();
        }
    }

    public static string Csv(ImmutableArray<BudgetHistory> budgets)
    {
        var text = new StringBuilder("budget,day,periodStart,periodEnd,unit,limit,actual,forecast,pace,state,estimated,source\n");
        foreach (var item in budgets.SelectMany(budget => budget.Days))
        {
            string[] cells =
            [
                item.Key.BudgetName, Day(item.Key.Day), Day(item.Period.Start), Day(item.Period.End), item.Unit, Plain(item.Limit), Plain(item.Actual),
                Plain(item.Forecast), Plain(item.Pace), $"{item.State}", item.Estimated ? "true" : "false", $"{item.Source}",
            ];
            text.AppendJoin(',', cells.Select(EnvelopesView.Cell)).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(string account, ImmutableArray<BudgetHistory> budgets) => new JsonObject
    {
        ["accountId"] = account,
        ["budgets"] = new JsonArray([.. budgets.Select(budget => new JsonObject
        {
            ["name"] = budget.Name,
            ["summary"] = new JsonObject
            {
                ["periods"] = budget.Summary.Periods,
                ["breached"] = budget.Summary.Breached,
                ["overRate"] = budget.Summary.OverRate,
                ["meanVariancePercent"] = budget.Summary.MeanVariancePercent,
                ["worstVariancePercent"] = budget.Summary.WorstVariancePercent,
                ["streak"] = budget.Summary.Streak,
                ["forecastError"] = budget.Summary.Accuracy.Error,
                ["text"] = budget.Summary.Explanation,
            },
            ["periods"] = new JsonArray([.. budget.Closed.Select(ToJson)]),
            ["days"] = new JsonArray([.. budget.Days.Select(ToJson)]),
        })]),
    }.ToJsonString(JsonOutput.Options);

    private static List<string[]> Rows(BudgetHistory budget)
    {
        var rows = budget.WithoutLimit.Select(WithoutLimit).Concat(budget.Closed.Select(Cells)).ToList();
        var last = budget.Days[^1];
        if (last.Period != budget.Closed.LastOrDefault()?.Period && last.Period != budget.WithoutLimit.LastOrDefault()?.Period) rows.Add(Running(last));
        return rows;
    }

    private static string[] Cells(PeriodResult period) =>
    [
        $"{period.Period}", $"{Number.Money(period.Limit, period.Unit)} {period.Unit}", Number.Money(period.Actual, period.Unit),
        Signed(period.Variance, period.Unit),
        Percent(period.VariancePercent),
        period.FirstDayOver is { } day ? $"{Day(day)}, {period.DaysOver} days" : period.Breached ? "not known" : "",
        period.Highest == SpendState.Unknown ? "" : $"{period.Highest}", period.Final ? "" : "estimated",
    ];

    private static string[] WithoutLimit(HistoryItem last) =>
        [$"{last.Period}", "", $"{Number.Money(last.Actual ?? 0, last.Unit)} {last.Unit}", "", "", "", "", last.Estimated ? "estimated" : ""];

    private static string[] Running(HistoryItem last) =>
    [
        $"{last.Period}",
        last.Limit is { } limit ? $"{Number.Money(limit, last.Unit)} {last.Unit}" : "",
        last.Actual is { } actual ? Number.Money(actual, last.Unit) : "",
        "",
        "",
        "",
        last.State == SpendState.Unknown ? "" : $"{last.State}", $"so far, {Day(last.Key.Day)}",
    ];

    private static JsonObject ToJson(PeriodResult period) => new()
    {
        ["start"] = Day(period.Period.Start),
        ["end"] = Day(period.Period.End),
        ["unit"] = period.Unit,
        ["limit"] = period.Limit,
        ["actual"] = period.Actual,
        ["variance"] = period.Variance,
        ["variancePercent"] = period.VariancePercent,
        ["breached"] = period.Breached,
        ["firstDayOver"] = period.FirstDayOver is { } day ? Day(day) : null,
        ["daysOver"] = period.DaysOver,
        ["highest"] = period.Highest.ToString(),
        ["forecastAtMiddle"] = period.ForecastAtMiddle,
        ["final"] = period.Final,
    };

    private static JsonObject ToJson(HistoryItem item) => new()
    {
        ["day"] = Day(item.Key.Day),
        ["limit"] = item.Limit,
        ["actual"] = item.Actual,
        ["forecast"] = item.Forecast,
        ["pace"] = item.Pace,
        ["state"] = item.State.ToString(),
        ["estimated"] = item.Estimated,
        ["source"] = item.Source.ToString(),
    };

    private static string Day(DateOnly day) => DayText.Format(day);

    private static string Signed(decimal amount, string unit) => amount > 0 ? $"+{Number.Money(amount, unit)}" : Number.Money(amount, unit);

    private static string Percent(decimal? percent) => percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:+0.0;-0.0;0.0}") : "";

    private static string Plain(decimal? amount) => amount is { } known ? Number.Plain(known) : "";
}
