using System.IO.Compression;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class ExportTests
{
    /// <summary>
    /// What is hard to keep: sets, zeros in front, formulas, notes that look like numbers and JSON, blanks, nested maps, nulls, three decimals.
    /// </summary>
    private const string Rows = """
        [
          { "AccountId": "012345678901", "BudgetValue": 1500.50, "Thresholds": [80, "100 FORECASTED"], "EmailRecipients": ["b@example.com", "a@example.com"],
            "Note": "=1+1", "x-a": "5", "x-b": 5, "x-c": " blanks ", "x-d": "{\"a\": 1}",
            "x-e": [1, "two", null], "x-f": "'=quoted", "x-g": "[draft]", "x-h": true },
          { "AccountId": "222222222202", "BudgetType": "USAGE", "Unit": "GB", "BudgetValue": 1.125, 
            "CostFilters": { "UsageType": ["a, \"b\"", "c;d"] }, "Thresholds": 90 },
          { "AccountId": "222222222203", "Budgets": [{ "BudgetName": "123", "BudgetValue": 1 }, { "BudgetName": "b", "BudgetValue": 2, "Thresholds": "80" }] },
          { "AccountId": "222222222204", "BudgetValue": 3, "SnsTopicArn": null, "EmailRecipients": [], "Thresholds": [], 
            "Enabled": true, "OnDelete": "RETAIN", "Note": "line\nbreak, größer" },
          { "AccountId": "222222222205", "BudgetName": "1234", "PlannedBudgetLimits": { "2027-Q1": 1, "2027-Q2": 2, "2027-Q3": 3, "2027-Q4": 4 },
            "TimeUnit": "QUARTERLY" },
          { "AccountId": "default", "BudgetValue": 30, "Note": "" }
        ]
        """;

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("rows.json")]
    [InlineData("rows.jsonl")]
    [InlineData("rows.yaml")]
    [InlineData("rows.xlsx")]
    public async Task An_export_is_the_same_bytes_each_time_and_its_import_changes_nothing(string name)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "export", local.File(name))).ExitCode);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "export", local.File($"again-{name}"))).ExitCode);
        Assert.Equal(await File.ReadAllBytesAsync(local.File(name)), await File.ReadAllBytesAsync(local.File($"again-{name}")));
        local.Cloud.Calls.Clear();
        var run = await local.RunAsync("rows", "import", local.File(name), "--yes", "--prune");
        Assert.True((ExitCode.Done, "6 rows: 6 unchanged.\n") == (run.ExitCode, run.Out), run.Out + run.Error);
        Assert.Equal(0, local.Cloud.Calls.Count("dynamodb", "UpdateItem"));

        // And where the table has lost everything, the file brings it back.
        var before = await local.RowsAsync();
        Assert.Equal(ExitCode.Done, (await local.RunAsync(["rows", "delete", .. before.Keys, "--yes", "--allow-large"])).ExitCode);
        var back = await local.RunAsync("rows", "import", local.File(name), "--yes");
        Assert.True(back.ExitCode == ExitCode.Done, back.Out + back.Error);
        await local.RunAsync("rows", "export", local.File($"third-{name}"));
        Assert.Equal(await File.ReadAllBytesAsync(local.File(name)), await File.ReadAllBytesAsync(local.File($"third-{name}")));
    }

    [Fact]
    public async Task A_csv_file_has_one_order_and_no_formula()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "export");
        Golden.Same("rows-export.csv", run.Out);
        Assert.Contains(",'=1+1,", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yaml_file_is_readable_and_unambiguous()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        Golden.Same("rows-export.yaml", (await local.RunAsync("rows", "export", "--format", "yaml")).Out);
    }

    [Fact]
    public async Task A_spreadsheet_has_text_cells_in_text_columns_for_account_ids()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await local.RunAsync("rows", "export", local.File("rows.xlsx"));
        using var zip = ZipFile.OpenRead(local.File("rows.xlsx"));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open()); // The writer put it there.
        var sheet = await reader.ReadToEndAsync();
        Assert.Contains("<col min=\"1\" max=\"1\" width=\"14\" style=\"1\"", sheet, StringComparison.Ordinal);
        Assert.Contains("<c r=\"A3\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">012345678901</t></is></c>", sheet, StringComparison.Ordinal);
        Assert.Contains("<v>1500.5</v>", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wrote_a_row_is_exported_where_it_is_asked_for_and_never_read_back()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await local.RunAsync("rows", "set", "default", "--value", "31", "--because", "why", "--yes");
        Assert.DoesNotContain("ChangedBy", (await local.RunAsync("rows", "export")).Out, StringComparison.Ordinal);
        await local.RunAsync("rows", "export", local.File("rows.csv"), "--with-changes");
        var text = await File.ReadAllTextAsync(local.File("rows.csv"));
        Assert.Contains(",arn:aws:iam::999999999999:root,", text, StringComparison.Ordinal);
        local.File("forged.csv", text.Replace(":root", ":user/mallory", StringComparison.Ordinal));
        Assert.EndsWith("6 unchanged.\n", (await local.RunAsync("rows", "import", local.File("forged.csv"), "--yes")).Out, StringComparison.Ordinal);
    }

    /// <summary>Regression: what was exported so was refused whole by the import. A spreadsheet has no quote that could have been forgotten.</summary>
    [Fact]
    public async Task A_text_with_a_line_that_looks_like_a_row_is_refused_as_CSV_and_goes_every_other_way()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222202", "BudgetValue": 1, "Note": "see\ndefault" }]""");
        var run = await local.RunAsync("rows", "export", local.File("rows.csv"));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("222222222202: Note: has a line that looks like a row of its own", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(local.File("rows.csv")));
        foreach (var form in new[] { "rows.json", "rows.jsonl", "rows.yaml", "rows.xlsx" })
        {
            Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "export", local.File(form))).ExitCode);
            Assert.EndsWith("1 row: 1 unchanged.\n", (await local.RunAsync("rows", "import", local.File(form), "--yes")).Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_spreadsheet_does_not_go_to_standard_output()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222202", "BudgetValue": 1 }]""");
        var run = await local.RunAsync("rows", "export", "--format", "xlsx");
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains("name a FILE", run.Error, StringComparison.Ordinal);
    }
}
