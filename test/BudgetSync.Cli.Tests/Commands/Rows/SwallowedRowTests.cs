using System.Globalization;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>A row that a file holds and that is read as part of another one's text is an account without its budget: such a file is refused.</summary>
public sealed class SwallowedRowTests
{
    private static readonly string[][] Orders =
    [
        ["AccountId", "BudgetValue", "Note"],
        ["AccountId", "Note", "BudgetValue"],
        ["BudgetValue", "AccountId", "Note"],
        ["BudgetName", "AccountId", "BudgetValue", "Note"],
        ["BudgetValue", "Note", "AccountId"],
        ["Note", "BudgetValue", "AccountId"],
        ["Note", "AccountId", "BudgetValue"],
        ["AccountId", "Note"],
    ];

    private static readonly string[] Ids =
    [
        "{0}", "1111-2222-{1}", "'{0}", "' {0}", " {0} ", "=\"\"{0}\"\"",
        "\"\"{0}\"\"", "ou-ab12-0000{1}", "9{1}00000", "1E+11"
    ];

    public static TheoryData<string> Headers() => [.. Orders.Select(order => string.Join(',', order))];

    /// <summary>The first quote opens in line 12; the second stands at the end of a later cell, where it closes, or is the only character of a line.</summary>
    [Theory]
    [MemberData(nameof(Headers))]
    public async Task Rows_inside_a_quoted_cell_are_refused_wherever_the_quote_closes(string header)
    {
        var names = header.Split(',');
        foreach (var (closes, separator, id) in from closes in new[] { 13, 14, 60 } from separator in ",;\t" from id in Ids select (closes, separator, id))
        {
            var lines = Enumerable.Range(2, 59).Select(line => string.Join(separator, names.Select(name => Cell(name, line, id, closes))));
            using var file = new RowsOnDisk($"{string.Join(separator, names)}\n{string.Join('\n', lines)}\n", "rows.csv");
            var run = await Tool.RunAsync("rows", "validate", file.Path);
            Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
            // An id with quotes of its own ends the cell where text follows.
            Assert.Matches(@": line (12: a quote opens here|[0-9]+: text follows the closing quote of the cell that opens in line 12;)", run.Error);
        }
    }

    [Theory]
    [InlineData("AccountId,BudgetValue,Note\n111111111101,10,\"Agreed with Anna, Bo.\nAsk first.\nPhone 555\"\n")]
    [InlineData("Note,AccountId,BudgetValue\n\"One\nTwo\",111111111101,10\n")]
    [InlineData("AccountId,BudgetValue,Thresholds\n111111111101,10,\"[\n80,\n90\n]\"\n")]
    [InlineData("AccountId,BudgetValue,x-Accounts\n111111111101,10,\"[\n\"\"111111111102\"\",\n\"\"111111111103\"\"\n]\"\n")]
    public async Task A_cell_of_several_lines_that_are_no_rows_is_read(string text)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        Assert.Equal("1 row, all valid.\n", (await Tool.RunAsync("rows", "validate", file.Path)).Error);
    }

    [Theory]
    [InlineData("rows.json",
        "[{\"AccountId\":\"111111111101\",\"BudgetValue\":1},\n/*\n{\"AccountId\":\"111111111102\",\"BudgetValue\":1},\n*/\n{\"AccountId\":"
        + "\"111111111103\",\"BudgetValue\":1}]", "line 2, column 1: a comment begins here")]
    [InlineData("rows.json", "[{\"AccountId\":\"111111111101\",\"BudgetValue\":1},\n//{\"AccountId\":\"111111111102\",\"BudgetValue\":1},\n]",
        "line 2, column 1: a "
        + "comment begins here")]
    [InlineData("rows.json", "{\"AccountId\":\"111111111101\",\"BudgetValue\":1}\n//{\"AccountId\":\"111111111102\"}\n{\"AccountId\":\"111111111103\"}",
        "line 2")]
    [InlineData("scan.json", """{"Items":[{"AccountId":{"S":"111111111101"},"BudgetValue":{"N":"1"}}],"Count":1200}""", "counts 1,200 and has 1 in Items")]
    [InlineData("rows.yaml", "- AccountId: \"111111111101\"\n  BudgetValue: 1\n  Note: \"open\n- AccountId: \"111111111102\"\n", "line 3")]
    [InlineData("rows.yaml", " - AccountId: \"111111111101\"\n   Note: \"open\n - AccountId: 111111111102\n   BudgetValue: 1\n   Note: closed\"\n",
        "line 2: is not YAML: ")]
    [InlineData("rows.yaml", "- AccountId: \"111111111101\"\n  BudgetValue: 1\n  Note: 'open\n- AccountId: 111111111102\n  BudgetValue: 1\n  Note: closed'\n",
        "line 3: is not YAML: a text begins here")]
    [InlineData("rows.yaml", "- AccountId: \"111111111101\"\n  BudgetValue: 1\n  Note: |\n    open\n    - AccountId: 111111111102\n      BudgetValue: 1\n",
        "line 3: is not YAML: a text begins here")]
    public async Task Rows_that_a_reader_would_skip_are_refused_in_every_format(string name, string text, string told)
    {
        using var file = new RowsOnDisk(text, name);
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    private static string Cell(string name, int line, string id, int closes) => name switch
    {
        "Note" when line == 12 => "\"note",
        "Note" when line == closes => "note\"",
        "Note" => "note",
        "AccountId" => string.Format(
            CultureInfo.InvariantCulture,
            id.Contains("\"\"", StringComparison.Ordinal) && line <= 12 ? $"\"{id}\"" : id,
            222_222_220_000 + line,
            (1000 + line).ToString(CultureInfo.InvariantCulture)),
        "BudgetName" => $"budget {line}",
        _ => (100 + line).ToString(CultureInfo.InvariantCulture),
    };
}
