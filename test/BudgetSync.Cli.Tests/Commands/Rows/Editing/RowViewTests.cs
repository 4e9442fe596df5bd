namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class RowViewTests
{
    /// <summary>Found by a newcomer: an <c>Ai</c> of 300 characters had every other line padded to it.</summary>
    [Fact]
    public async Task A_long_value_is_whole_where_no_terminal_looks_on_and_pads_no_other_line()
    {
        var pools = string.Join(",", Enumerable.Range(0, 12).Select(number => $$""" "pool{{number}}":{"Members":["user/alice"],"Limit":{{number + 1}} } """));
        await using var local = await EditedLocal.StartAsync(
            $$"""[{ "AccountId": "222222222201", "BudgetValue": 1, "Note": "short", "Ai": { "Pools": { {{pools}} } } }]""");

        var lines = (await local.RunAsync("rows", "get", "222222222201")).Out.Split('\n');

        Assert.Contains("pool11", Assert.Single(lines, line => line.Contains(" Ai ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.InRange(Assert.Single(lines, line => line.Contains("Note", StringComparison.Ordinal)).Length, 1, 120);
        Assert.InRange(Assert.Single(lines, line => line.Contains("ATTRIBUTE", StringComparison.Ordinal)).Length, 1, 120);
    }

    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000, "Thresholds": "80, 100 FORECASTED",
            "EmailRecipients": "payments-team@example.com, finance@example.com",
            "BudgetName": "payments-production", "Note": "Agreed with finance in November\u001b[31m" },
          { "AccountId": "222222222202", "BudgetValue": 25000000.5, "TimeUnit": "ANNUALLY", "Enabled": false },
          { "AccountId": "222222222203", "Budgets": [{ "BudgetName": "a", "BudgetValue": 1 }, { "BudgetName": "b", "BudgetValue": 2 }] },
          { "AccountId": "222222222204", "Thresholds": [50] },
          { "AccountId": "222222222205", "BudgetValue": -1 },
          { "AccountId": "default", "BudgetValue": 30, "EmailRecipients": "everybody@example.com" }
        ]
        """;

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Rows_are_listed_at_any_width_with_whole_ids_and_what_is_left_out_is_told(int width)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await local.RunAsync("rows", "set", "222222222204", "--threshold", "60", "--because", "x", "--yes");
        var run = await local.RunAsync(terminal => terminal with { Width = width }, CancellationToken.None, "rows", "list");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // The first line says whose stack it is, and is folded on a narrow screen.
        var talk = string.Join('\n', run.Error.Split('\n').Skip(1).SkipWhile(line => line.StartsWith("  ", StringComparison.Ordinal)));
        Golden.Same($"rows-list-{width}.txt", run.Out.Replace(today, "some-day..", StringComparison.Ordinal) + talk);
    }

    [Fact]
    public async Task Rows_are_filtered_by_any_text_they_have()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "list", "--filter", "PAYMENTS", "--json");
        Assert.Equal("222222222201", (string?)Assert.Single(run.JsonArray)!["AccountId"]);
        Assert.Contains("1 row of 6.", run.Error, StringComparison.Ordinal);
        var csv = await local.RunAsync("rows", "list", "--filter", "everybody", "--csv");
        Assert.Equal("AccountId,BudgetValue,EmailRecipients\ndefault,30,everybody@example.com\n", csv.Out);
        Assert.Equal("", (await local.RunAsync("rows", "list", "--filter", "nothing has this")).Out);
    }

    [Theory]
    [InlineData("222222222204", "rows-get.txt")]
    [InlineData("222222222205", "rows-get-rejected.txt")]
    [InlineData("222222222203", "rows-get-several.txt")]
    [InlineData("default", "rows-get-default.txt")]
    public async Task A_row_is_shown_with_what_it_inherits_who_wrote_it_and_where_it_stands(string key, string golden)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await local.RunAsync("rows", "set", "222222222204", "--threshold", "60", "--because", "fewer surprises", "--yes", "--wait");
        var run = await local.RunAsync("rows", "get", key);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Same(golden, System.Text.RegularExpressions.Regex.Replace(run.Out, @"\d{4}-\d\d-\d\dT[\d:.]+Z", "some time"));
    }

    [Fact]
    public async Task A_row_as_json_has_the_same_for_scripts()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        await local.RunAsync("rows", "set", "222222222204", "--threshold", "60", "--because", "fewer surprises", "--yes", "--wait");
        var row = (await local.RunAsync("rows", "get", "222222222204", "--json")).JsonObject;
        var facts = new[] { "state", "reason", "changedBy" }.Select(name => (string?)row[name]);
        Assert.Equal(["Applied", "fewer surprises", "arn:aws:iam::999999999999:root"], facts);
        Assert.Equal(["BudgetValue", "EmailRecipients"], row["inherited"]!.AsArray().Select(entry => (string?)entry!["attribute"]));
        Assert.Equal(30, (int?)row["budgets"]![0]!["BudgetValue"]);
    }

    [Fact]
    public async Task An_account_that_nothing_covers_is_told()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222202", "BudgetValue": 1 }]""");
        var run = await local.RunAsync("rows", "get", "222222222299");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("222222222299: the table has no row of it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_to_begin_with_has_the_accounts_that_have_no_row_and_can_be_imported()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222202", "BudgetValue": 1 }, { "AccountId": "222222222201","""
            + """ "BudgetValue": 1 }]""");
        await local.RunAsync("rows", "delete", "222222222201", "--yes");
        Assert.Equal("AccountId,BudgetValue,x-Name\n222222222201,,account-222222222201\n999999999999,,"
            + "Management\n", (await local.RunAsync("rows", "init")).Out);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "init", local.File("rows.csv"), "--value", "50")).ExitCode);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", local.File("rows.csv"), "--yes")).ExitCode);
        Assert.Equal("""{"BudgetValue":50,"x-Name":"account-222222222201"}""", (await local.RowsAsync())["222222222201"]);
        Assert.Contains("each of the 3 accounts has a row already", (await local.RunAsync("rows", "init")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_example_to_begin_with_needs_no_account_and_is_valid()
    {
        var template = await Tool.RunAsync("rows", "init", "--template");
        using var file = new RowsOnDisk(template.Out, "rows.csv");
        Assert.Equal("2 rows, all valid.\n", (await Tool.RunAsync("rows", "validate", file.Path)).Error);
    }
}
