using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>The budgets of an account as a table: each value, and which row or setting it comes from.</summary>
internal static class ValueOrigins
{
    /// <summary>Filters may be as long as a parameter; the document below has all of it.</summary>
    private const int MostValueLines = 8;

    private const string List = "Budgets";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly TextColumn[] Columns =
    [
        new("BUDGET", Goes: 1, Shortest: 12),
        new("ATTRIBUTE", Shortest: 16),
        new("VALUE", Shortest: 20, MostLines: MostValueLines),
        new("FROM", Shortest: 12),
    ];

    /// <param name="rows">All rows there are.</param>
    public static void Write(ConsoleContext terminal, AccountId account, Resolution.Desired desired, IReadOnlyList<RowImage> rows)
    {
        var present = desired.Parameter.From.Select(scope => rows.FirstOrDefault(row => row.Key == scope.Key)).OfType<RowImage>().ToList();
        var budgets = JsonNode.Parse(desired.Parameter.Document)?[List] as JsonArray ?? [];
        var cells = budgets.OfType<JsonObject>()
            .SelectMany(budget => budget.Select(attribute => new[]
            {
                (string?)budget["BudgetName"] ?? "",
                attribute.Key,
                Text(attribute.Value),
                From(account, attribute.Key, (string?)budget["BudgetName"], present),
            }))
            .ToList();
        // One budget is told by its name among its attributes.
        var columns = budgets.Count > 1 ? Columns : Columns[1..];
        var (lines, _) = ColumnTable.Of(
            columns,
            [.. cells.Select(row => budgets.Count > 1 ? row : row[1..])],
            terminal.Columns - 2,
            terminal.LineLength);
        foreach (var line in lines) terminal.Out.WriteLine($"  {line}");
    }

    /// <summary>The nearest row that says it; where rows add to what others say, each of them.</summary>
    private static string From(AccountId account, string attribute, string? budget, IReadOnlyList<RowImage> present)
    {
        var found = new List<string>();
        foreach (var row in present)
        {
            var name = row.Key == account.Value ? "this row" : row.Key;
            if (row.Attributes.ContainsKey($"Add{attribute}")) found.Add(name);
            if (!row.Attributes.ContainsKey(attribute) && !InList(row, attribute, budget)) continue;
            if (!found.Contains(name)) found.Add(name);
            return string.Join(", ", found);
        }

        return string.Join(", ", found.Append("settings"));
    }

    private static bool InList(RowImage row, string attribute, string? budget) =>
        row.Attributes.TryGetValue(List, out var value) && value is RowValue.List(var entries)
        && entries.OfType<RowValue.Map>().Any(entry => entry.Entries.ContainsKey(attribute)
            && (!entry.Entries.TryGetValue("BudgetName", out var name) || name is not RowValue.Text(var text) || text == budget));

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray array when array.All(item => item is JsonValue) => string.Join(", ", array.Select(Text)),
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        null => "null",
        _ => value.ToJsonString(Readable),
    };
}
