using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Ai.Billing;

namespace BudgetSync.Cli.Commands.Ai;

/// <summary>What was metered beside what was billed, as people and scripts read it.</summary>
internal static class BillComparisonView
{
    private static readonly TextColumn[] Columns =
    [
        new("ACCOUNT"), new("MODEL", Shortest: 16), new("METERED", Right: true), new("BILLED", Right: true), new("BILLED MORE BY", Right: true),
    ];

    public static void Write(ConsoleContext terminal, IReadOnlyList<BillComparison> all)
    {
        var cells = all.SelectMany(Cells).ToList();
        // Neither metered nor billed: a heading alone says nothing.
        if (cells.Count > 0) TableScreen.Write(terminal, Columns, cells);
        foreach (var one in all)
        {
            var mantle = one.Mantle > 0 ? " Blind: bedrock-mantle is used." : "";
            terminal.WriteFolded(
                $"{one.Account} from {DayText.Format(one.First)} to {DayText.Format(one.Last)}: {Number.Dollars(one.Metered)} USD metered, "
                    + $"{Number.Dollars(one.Billed)} USD billed{(one.Differs ? "" : ", as close as bills are")}.{mantle}");
            foreach (var part in one.Known.Concat(one.Guesses)) terminal.WriteFolded(Printable.Line($"  {part}"), indent: 2);
        }
    }

    public static string Csv(IReadOnlyList<BillComparison> all) => CsvText.Of(
        ["account", "first", "last", "model", "meteredUsd", "billedUsd", "differenceUsd"],
        all.SelectMany(one => one.Lines.Select(line => new[]
        {
            one.Account.Value, DayText.Format(one.First), DayText.Format(one.Last), line.Name, Number.Plain(line.Metered), Number.Plain(line.Billed),
            Number.Plain(line.Difference),
        })));

    public static string Json(IReadOnlyList<BillComparison> all) => new JsonArray([.. all.Select(one => new JsonObject
    {
        ["accountId"] = one.Account.Value,
        ["first"] = DayText.Format(one.First),
        ["last"] = DayText.Format(one.Last),
        ["metered"] = one.Metered,
        ["billed"] = one.Billed,
        ["differs"] = one.Differs,
        ["mantle"] = one.Mantle,
        ["lines"] = new JsonArray([.. one.Lines.Select(line => new JsonObject
        {
            ["model"] = line.Name,
            ["metered"] = line.Metered,
            ["billed"] = line.Billed,
            ["difference"] = line.Difference,
        })]),
        ["known"] = new JsonArray([.. one.Known.Select(known => JsonValue.Create(known))]),
        ["guesses"] = new JsonArray([.. one.Guesses.Select(guess => JsonValue.Create(guess))]),
    })]).ToJsonString(JsonOutput.Options);

    private static IEnumerable<string[]> Cells(BillComparison one) => one.Lines.Select(line => new[]
    {
        one.Account.Value, line.Name, Number.Dollars(line.Metered), Number.Dollars(line.Billed), Number.Dollars(line.Difference),
    });
}
