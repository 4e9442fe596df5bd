using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Tests.Commands.Rows;

public sealed class RowsExplainTests
{
    private const string Rows = """
        [
          { "AccountId": "default", "BudgetValue": 100, "EmailRecipients": "all@example.com" },
          { "AccountId": "111111111101", "BudgetValue": 1500.5 },
          { "AccountId": "111111111102", "Enabled": false },
          { "AccountId": "111111111103", "BudgetValue": -1 }
        ]
        """;

    [Fact]
    public async Task Each_account_is_shown_with_its_document_size_revision_and_sources()
    {
        using var file = new RowsOnDisk(Rows);
        var run = await Tool.RunAsync("rows", "explain", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Golden.Same("rows-explain.txt", run.Out);
    }

    [Fact]
    public async Task Json_has_the_document_as_json()
    {
        using var file = new RowsOnDisk(Rows);
        var run = await Tool.RunAsync("rows", "explain", file.Path, "--json", "--account", "111111111101");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var account = Assert.Single(run.JsonArray)!;
        Assert.Equal(("111111111101", "Desired"), ((string?)account["accountId"], (string?)account["state"]));
        Assert.Equal(16, ((string)account["revision"]!).Length);
        Assert.Equal(["111111111101", "default"], ToolResult.Texts(account["from"]));
        Assert.Equal(
            (int)account["bytes"]!,
            account["document"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Length);
        Assert.IsType<JsonObject>(account["document"]);
    }

    [Fact]
    public async Task An_account_without_a_row_is_shown_with_what_it_inherits()
    {
        using var file = new RowsOnDisk(Rows);
        var run = await Tool.RunAsync("rows", "explain", file.Path, "--json", "--account", "999911112222");
        Assert.Equal(["default"], ToolResult.Texts(run.Account("999911112222")["from"]));
    }

    [Fact]
    public async Task What_responses_do_is_told_with_the_row_that_says_it()
    {
        using var file = new RowsOnDisk(
            """
            [{ "AccountId": "default", "BudgetValue": 1, "Responses": [{ "At": "Over", "Do": "STOP_ALL", "Mode": "ARMED" }] },
             { "AccountId": "111111111101", "Snooze": { "Until": "2026-12-01", "Why": "a test" } }]
            """);
        var run = await Tool.RunAsync("rows", "explain", file.Path);
        var json = await Tool.RunAsync("rows", "explain", file.Path, "--json");
        const string stop = "STOP_ALL at Over by itself after 1h, to the end of the period (row default)";
        const string snooze = "none begins through 2026-12-01: a test (row 111111111101)";
        Assert.Contains($"  response  {stop}\n  response  {snooze}\n", run.Out, StringComparison.Ordinal);
        Assert.Equal([stop, snooze], ToolResult.Texts(json.Account("111111111101")["responses"]));
    }

    [Fact]
    public async Task Where_alerts_go_is_told_with_the_row_that_says_it()
    {
        using var file = new RowsOnDisk(
            """[{ "AccountId": "default", "BudgetValue": 1, "Notify": "finops, pager Critical" }, { "AccountId": "111111111101", "Unit": "USD" }]""");
        var run = await Tool.RunAsync("rows", "explain", file.Path);
        var json = await Tool.RunAsync("rows", "explain", file.Path, "--json");
        Assert.Contains("  notify    finops, pager Critical (row default)\n", run.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("finops, pager Critical (row default)", (string?)json.Account("111111111101")["notify"]);
    }

    [Fact]
    public async Task What_models_may_cost_is_told_a_line_for_each_budget()
    {
        using var file = new RowsOnDisk(
            """
            [
              { "AccountId": "default", "BudgetValue": 1, "Ai": { "Default": { "Limit": 5, "Mode": "ARMED" }, "AccountCap": { "Limit": 500 } } },
              { "AccountId": "111111111101", "Ai": { "Principals": { "role/DataScience": { "Limit": 50 } }, "Models": { "anthropic.*": { "Limit": 9 } } } }
            ]
            """);
        var run = await Tool.RunAsync("rows", "explain", file.Path);
        var json = await Tool.RunAsync("rows", "explain", file.Path, "--json");

        string[] lines =
        [
            "role/DataScience: 50 USD in 30d, told at 70 and 90 %, never suspended: others may use the role, and its row does not say Shared",
            "each other principal: 5 USD in 30d, told at 70 and 90 %, suspended after 5m, but no role, which others may use: the row does not say Shared",
            "each model anthropic.*: 9 USD in 30d, told at 70 and 90 %",
            "the account: 500 USD in 30d, told at 70 and 90 %, never suspended",
        ];
        Assert.Equal(lines, ToolResult.Texts(json.Account("111111111101")["ai"]));
        Assert.Contains(string.Concat(lines.Select(line => $"  models    {line}\n")), run.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stack_settings_are_options()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "111111111101", "BudgetValue": 1 }]""");
        var run = await Tool.RunAsync("rows", "explain", file.Path, "--budget-name", "ours", "--email-recipient", "x@example.com, y@example.com");
        Assert.Contains("\"ours\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("y@example.com", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stacks_default_value_is_the_limit_of_a_row_without_an_amount()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "111111111101", "Thresholds": "80" }]""");
        var with = await Tool.RunAsync("rows", "validate", file.Path, "--default-value", "1234.50");
        var without = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Done, ExitCode.Failed), (with.ExitCode, without.ExitCode));
        var explained = await Tool.RunAsync("rows", "explain", file.Path, "--default-value", "1234.50");
        Assert.Contains("1234.5", explained.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("free")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.005")]
    public async Task A_default_value_that_is_no_amount_is_a_usage_error(string text)
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "111111111101", "BudgetValue": 1 }]""");
        var run = await Tool.RunAsync("rows", "validate", file.Path, "--default-value", text);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains($"\"{text}\" is no amount", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_json_and_knows_the_attributes()
    {
        var run = await Tool.RunAsync("rows", "schema");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.NotNull(run.JsonObject["properties"]!["BudgetValue"]);
    }

    [Fact]
    public async Task A_row_whose_key_is_no_scope_is_told_and_fails()
    {
        using var file = new RowsOnDisk("""[{ "AccountId": "12345678901", "BudgetValue": 5 }, { "AccountId": "111122223333", "BudgetValue": 5 }]""");

        var run = await Tool.RunAsync("rows", "explain", file.Path);
        var json = await Tool.RunAsync("rows", "explain", file.Path, "--json");

        Assert.Equal((ExitCode.Failed, ExitCode.Failed), (run.ExitCode, json.ExitCode));
        Assert.Contains("12345678901  Rejected (line 1)\n  - AccountId: \"12345678901\" has 11 digits", run.Out, StringComparison.Ordinal);
        var lost = JsonNode.Parse(json.Out)!.AsArray().Single(row => (string?)row!["accountId"] == "12345678901")!;
        Assert.Equal(("Rejected", "line 1", 1), ((string?)lost["state"], (string?)lost["position"], lost["reasons"]!.AsArray().Count));
    }
}
