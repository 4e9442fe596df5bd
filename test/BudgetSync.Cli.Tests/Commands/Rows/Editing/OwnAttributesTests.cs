using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>A note and <c>x-…</c> mean nothing to the tool: no file may make another value of them.</summary>
public sealed class OwnAttributesTests
{
    private const string A = "222222222201";

    private const string Table = """
        {"Items":[{"AccountId":{"S":"222222222201"},"BudgetValue":{"N":"5"},"Note":{"S":"007"},"x-CostCenter":{"S":"00420"},"x-Version":{"S":"1.10"},
          "x-Text":{"S":"TRUE"},"x-Word":{"S":"null"},"x-Number":{"N":"5"},"x-Fraction":{"N":"1.125"},"x-Below":{"N":"-7"},"x-Flag":{"BOOL":true},
          "x-Null":{"NULL":true},"x-Set":{"SS":["b, c","a"]},"x-Numbers":{"NS":["10","9"]},"x-List":{"L":[{"S":"a"},{"S":"b"}]},
          "x-Empty":{"L":[]},"x-Map":{"M":{"n":{"N":"10"},"s":{"S":"010"},"set":{"NS":["20","3"]}}}}]}
        """;

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("rows.json")]
    [InlineData("rows.jsonl")]
    [InlineData("rows.yaml")]
    [InlineData("rows.xlsx")]
    public async Task Come_back_from_every_format_as_they_were(string name)
    {
        await using var local = await EditedLocal.StartAsync(Table);
        var before = Assert.Single(await local.ImagesAsync());
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "export", local.File(name))).ExitCode);
        var unchanged = await local.RunAsync("rows", "import", local.File(name), "--yes", "--prune");
        Assert.True((ExitCode.Done, "1 row: 1 unchanged.\n") == (unchanged.ExitCode, unchanged.Out), unchanged.Out + unchanged.Error);

        // With another amount the row is written, and its own attributes as the table had them.
        await local.RunAsync("rows", "set", A, "--value", "6", "--yes");
        var written = await local.RunAsync("rows", "import", local.File(name), "--yes");
        Assert.True(written.ExitCode == ExitCode.Done, written.Out + written.Error);
        var after = Assert.Single(await local.ImagesAsync());
        var own = after.Attributes.Items.RemoveRange(after.Attributes.Keys.Where(RowEquivalence.IsProvenance));
        Assert.True(RowEquivalence.SameItem(before, new RowImage(own)), RowValueText.Json(new RowValue.Map(own)));
        await local.RunAsync("rows", "export", local.File($"again-{name}"));
        Assert.Equal(await File.ReadAllBytesAsync(local.File(name)), await File.ReadAllBytesAsync(local.File($"again-{name}")));
    }

    [Theory]
    [InlineData("rows.csv", "AccountId,BudgetValue,x-CostCenter,x-Version,x-Flag,x-Year,Note\n222222222201,5,00420,1.10,TRUE,2026,007\n")]
    [InlineData("rows.yaml", "- AccountId: 222222222201\n  BudgetValue: 5\n  x-CostCenter: 00420\n  "
        + "x-Version: 1.10\n  x-Flag: \"TRUE\"\n  x-Year: '2026'\n  Note: 007\n")]
    public async Task Of_a_new_file_keep_their_zeros(string name, string text)
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222202", "BudgetValue": 7 }]""");
        var run = await local.RunAsync("rows", "import", local.File(name, text), "--yes");
        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        Assert.Equal(
            """{"BudgetValue":5,"Note":"007","x-CostCenter":"00420","x-Flag":"TRUE","x-Version":"1.10","x-Year":"2026"}""",
            (await local.RowsAsync())[A]);
    }

    /// <summary>YAML 1.2.2, 10.3.2 (core schema), takes the first for 420 and the second for 1.1.</summary>
    [Theory]
    [InlineData("00420", false)]
    [InlineData("1.10", false)]
    [InlineData("1.0", false)]
    [InlineData("1e5", false)]
    [InlineData("-0", false)]
    [InlineData("+1", false)]
    [InlineData(".5", false)]
    [InlineData("0", true)]
    [InlineData("0.05", true)]
    [InlineData("-0.5", true)]
    [InlineData("100", true)]
    [InlineData("-12.25", true)]
    public void Plain_scalars_of_yaml_are_numbers_where_they_would_be_written_so_again(string text, bool number)
    {
        var row = Assert.Single(YamlRows.Read("rows.yaml", $"- AccountId: 222222222201\n  x-a: {text}\n").Rows).Image;
        Assert.Equal(number ? new RowValue.Number(text) : new RowValue.Text(text), row.Attributes["x-a"]);
    }

    [Fact]
    public void Of_a_column_that_a_correction_makes_ones_own_keep_their_zeros()
    {
        var row = Assert.Single(CsvRows.Read("rows.csv", "AccountId,BudgetValue,Cost center\n222222222201,5,00420\n").Rows).Image;
        Assert.Equal(new RowValue.Text("00420"), RowCorrection.Of(row).Row.Attributes["x-Cost-center"]);
    }
}
