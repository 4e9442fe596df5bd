using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>Writes rows as text: the same rows are always the same bytes.</summary>
internal static class RowText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(RowFormat format, IReadOnlyList<RowImage> rows) => format switch
    {
        RowFormat.Csv => Csv(rows),
        RowFormat.Json => rows.Count == 0 ? "[]\n" : $"[\n{string.Join(",\n", rows.Select(row => "  " + Json(row)))}\n]\n",
        RowFormat.Jsonl => string.Concat(rows.Select(row => Json(row) + "\n")),
        RowFormat.Yaml => Yaml(rows),
        _ => throw new InvalidOperationException($"{format} is no text."),
    };

    private static string Csv(IReadOnlyList<RowImage> rows)
    {
        var columns = RowCells.Columns(rows);
        var text = new StringBuilder(CsvText.Line(columns.Select(name => RowCells.Harmless(new RowValue.Text(name), name))));
        foreach (var row in rows) text.Append(CsvText.Line(columns.Select(column => Cell(row, column))));
        return text.ToString();
    }

    private static string Cell(RowImage row, string column) => row.Attributes.TryGetValue(column, out var value) ? RowCells.Cell(column, value) : "";

    private static string Json(RowImage row) => Members(row).ToJsonString(Readable);

    private static JsonObject Members(RowImage row) => new(
        Attributes(row).Select(name => KeyValuePair.Create(name, RowValueText.Node(row.Attributes[name]))));

    /// <summary>A text of YAML in double quotes is a text of JSON, and so are its flow lists and maps: no scalar is left for a reader to guess at.</summary>
    private static string Yaml(IReadOnlyList<RowImage> rows)
    {
        if (rows.Count == 0) return "[]\n";
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var names = Attributes(row);
            for (var index = 0; index < names.Count; index++)
                text.Append(index == 0 ? "- " : "  ")
                    .Append(names[index].All(char.IsAsciiLetterOrDigit) ? names[index] : JsonValue.Create(names[index]).ToJsonString(Readable))
                    .Append(": ")
                    .Append(RowValueText.Json(row.Attributes[names[index]]))
                    .Append('\n');
        }

        return text.ToString();
    }

    private static List<string> Attributes(RowImage row) =>
        [.. RowOrder.Sort(row.Attributes.Where(attribute => attribute.Value is not RowValue.Binary).Select(attribute => attribute.Key))];
}
