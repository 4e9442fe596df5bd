namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>A limit that moves by itself is shown with the reason wherever a person looks.</summary>
public sealed class MovingLimitViewTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "AddEmailRecipients": "lead@example.com", "Grants": [{ "Amount": 500, "Until": "2086-11-30", "Why": "load test" }] },
          { "AccountId": "222222222202", "BudgetValue": 7 },
          { "AccountId": "default", "BudgetValue": 1000, "Changes": [{ "From": "2020-11-01", "BudgetValue": 1300 }], "EmailRecipients": "all@example.com" }
        ]
        """;

    private const string Limit =
        "\"SpokeAccountBudget\": limit in force 1800 USD = 1300 since 2020-11-01 + 500 until 2086-11-30 (load test); another from 2086-12-01";

    [Fact]
    public async Task Get_status_explain_and_plan_show_the_limit_in_force_and_why()
    {
        await using var local = await EditedLocal.StartAsync(Rows);

        var get = await local.RunAsync("rows", "get", "222222222201");
        Assert.Contains(Limit, get.Out, StringComparison.Ordinal);
        Assert.Contains("SpokeAccountBudget: 1,800 USD a month; 90 % → all@example.com, lead@example.com", get.Out, StringComparison.Ordinal);
        var json = (await local.RunAsync("rows", "get", "222222222201", "--json")).JsonObject;
        Assert.Equal([Limit], ToolResult.Texts(json["limits"]));
        Assert.Equal(["BudgetValue", "EmailRecipients", "Changes"], json["inherited"]!.AsArray().Select(entry => (string?)entry!["attribute"]));

        var status = await local.RunAsync("status", "222222222201");
        Assert.Contains("SpokeAccountBudget: 1,800 USD, spent", status.Out, StringComparison.Ordinal);
        Assert.Contains(Limit, status.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("limit in force", (await local.RunAsync("status", "222222222202")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("drift", "--account", "222222222201")).ExitCode);

        using var file = new RowsOnDisk(Rows);
        var explain = await local.RunAsync("rows", "explain", file.Path, "--account", "222222222201");
        Assert.Contains($"  limit     {Limit}", explain.Out, StringComparison.Ordinal);
        var explained = await local.RunAsync("rows", "explain", file.Path, "--account", "222222222201", "--json");
        Assert.Equal([Limit], ToolResult.Texts(explained.Account("222222222201")["limits"]));

        using var without = new RowsOnDisk("""[{ "AccountId": "222222222201", "Grants": [] }]""");
        var plan = await local.RunAsync("plan", without.Path);
        Assert.Contains("→ 1,300 USD a month (", plan.Out, StringComparison.Ordinal);
        Assert.Contains("limit in force 1300 USD since 2020-11-01", plan.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_list_of_grants_does_not_hide_those_that_add_up_with_it()
    {
        await using var local = await EditedLocal.StartAsync("""
            [
              { "AccountId": "222222222201", "Grants": [{ "Amount": 1, "Until": "2086-11-30", "Why": "own" }] },
              { "AccountId": "default", "BudgetValue": 10, "Grants": [{ "Amount": 2, "Until": "2086-11-30", "Why": "all" }] }
            ]
            """);
        var get = (await local.RunAsync("rows", "get", "222222222201", "--json")).JsonObject;

        Assert.Contains(
            "limit in force 13 USD = 10 as the row says + 1 until 2086-11-30 (own) + 2 until 2086-11-30 (all)",
            Assert.Single(ToolResult.Texts(get["limits"])),
            StringComparison.Ordinal);
        Assert.Contains("Grants", get["inherited"]!.AsArray().Select(entry => (string?)entry!["attribute"]));
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("rows.json")]
    [InlineData("rows.yaml")]
    [InlineData("rows.xlsx")]
    public async Task What_moves_adds_and_tags_survives_every_kind_of_file(string name)
    {
        await using var local = await EditedLocal.StartAsync("""
            [
              { "AccountId": "222222222206", "BudgetValue": 7, "AddEmailRecipients": ["c@example.com"], "ResourceTags": { "team": "=data", "centre": "0471" },
                "Grants": [{ "Amount": 500, "Until": "2086-11-30", "Why": "load test, 2 days", "By": "jane" }],
                "Changes": [{ "From": "2086-01-01", "BudgetValue": 9.50 }] },
              { "AccountId": "222222222207", "BudgetValue": 7, "TimeUnit": "CUSTOM", "TimePeriod": { "Start": "2026-01-15", "End": "2029-01-01" },
                "BillingViewArn": "arn:aws:billing::{AccountId}:billingview/primary" }
            ]
            """);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "export", local.File(name))).ExitCode);
        var run = await local.RunAsync("rows", "import", local.File(name), "--yes", "--prune");
        Assert.True((ExitCode.Done, "2 rows: 2 unchanged.\n") == (run.ExitCode, run.Out), run.Out + run.Error);

        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "delete", "222222222206", "222222222207", "--yes")).ExitCode);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", local.File(name), "--yes")).ExitCode);
        await local.RunAsync("rows", "export", local.File($"again-{name}"));
        Assert.Equal(await File.ReadAllBytesAsync(local.File(name)), await File.ReadAllBytesAsync(local.File($"again-{name}")));
    }
}
