using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows;

namespace BudgetSync.Cli.Tests.Commands.Local;

public sealed class LocalOnceTests
{
    [Fact]
    public async Task The_example_is_applied_with_exactly_the_limit_thresholds_and_recipients_of_each_row()
    {
        var run = await Tool.RunAsync("local", "--once", "--json");
        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        var rows = CsvRows.Read(
            "organization.csv",
            await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "examples", "organization.csv"))).Rows;
        Assert.Equal(12, rows.Count);
        Assert.Equal(rows.Select(row => row.Image.Key), run.JsonArray.Select(account => (string)account!["accountId"]!));
        Assert.All(rows, row => Assert.Equal(Expected(row), Actual(run.Account(row.Image.Key))));
    }

    [Fact]
    public async Task A_table_is_printed_once_without_colour_where_there_is_no_terminal()
    {
        var run = await Tool.RunAsync("local", "--once");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Golden.Same("local-once.txt", Timeless.Of(run.Out));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    public async Task A_narrow_screen_leaves_columns_out_and_says_which_and_folds_no_account(int width)
    {
        var run = await Tool.RunAsync(terminal => terminal with { Width = width }, "local", "--once");
        Assert.All(Enumerable.Range(1, 12), index => Assert.Contains($" 1111111111{index:00} ", run.Out, StringComparison.Ordinal));
        var accounts = run.Out.Split('\n').Where(line => line.StartsWith(" 1111111111", StringComparison.Ordinal));
        Assert.Equal(12, accounts.Count(line => line.Contains("Applied", StringComparison.Ordinal)));
        Assert.Contains("Left out for want of room (--json has it): Parameter", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        if (width == 80) Golden.Same("local-once-80.txt", Timeless.Of(run.Out));
    }

    [Fact]
    public async Task A_row_of_an_account_without_a_spoke_stack_is_blocked_and_the_others_are_applied()
    {
        var run = await Tool.RunAsync("local", "--once", "--json", "--without-stack", "111111111105");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var blocked = run.Account("111111111105");
        Assert.Equal("Blocked", (string?)blocked["state"]);
        Assert.Contains("deploy the spoke stack", ToolResult.Texts(blocked["reasons"]).Single(), StringComparison.Ordinal);
        Assert.Empty(blocked["budgets"]!.AsArray());
        Assert.Equal(11, run.JsonArray.Count(account => (string?)account!["state"] == "Applied"));
    }

    [Fact]
    public async Task Made_up_rows_settle_too()
    {
        var run = await Tool.RunAsync("local", "--once", "--json", "--generate", "30");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.True(run.JsonArray.Count(account => (string?)account!["state"] == "Applied") == 30, run.Out + run.Error);
    }

    [Theory]
    [InlineData("throttle", "ThrottlingException")]
    [InlineData("internal-error", "InternalErrorException")]
    [InlineData("late", null)]
    [InlineData("expired-token", null)]
    [InlineData("doubled", null)]
    public async Task Every_row_is_applied_on_a_bad_day_too(string fault, string? error)
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue\n222222222201,5\n222222222202,6\n222222222203,7\n", "rows.csv");
        await using var local = await RunningLocal.StartAsync("--json", "--rows", file.Path, "--fault", fault);
        Assert.Contains(fault, local.Cloud.Faults.Names);
        Assert.True(error is null || local.Cloud.Calls.Calls.Any(call => call.ErrorCode == error));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(local.Out, "\"state\": \"Applied\""));
    }

    [Fact]
    public async Task Budgets_are_unhealthy_where_that_was_asked_for()
    {
        await using var local = await RunningLocal.StartAsync("--fault", "unhealthy");
        using var clients = local.As("111111111103");
        var budgets = await clients.Budgets.DescribeBudgetsAsync(new Amazon.Budgets.Model.DescribeBudgetsRequest { AccountId = "111111111103" });
        Assert.Equal("UNHEALTHY", Assert.Single(budgets.Budgets).HealthStatus?.Status?.Value);
    }

    [Fact]
    public async Task An_empty_table_has_the_accounts_and_no_row()
    {
        await using var local = await RunningLocal.StartAsync("--empty");
        var accounts = local.Cloud.Organizations.AccountsUnder(BudgetSync.LocalAws.Organizations.OrganizationsService.RootId);
        Assert.Equal(12, accounts.Count(id => id != RunningLocal.Management));
        await local.EditAsync("111111111103", "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } });
        Assert.Equal(["SpokeAccountBudget 5 90: finops@example.com"], await local.BudgetsAsync("111111111103"));
        Assert.Empty(await local.BudgetsAsync("111111111101"));
    }

    [Fact]
    public async Task Accounts_are_billed_in_the_currency_that_was_asked_for()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue,Unit\n222222222201,5,EUR\n222222222202,6,USD\n", "rows.csv");
        var run = await Tool.RunAsync("local", "--once", "--json", "--rows", file.Path, "--currency", "EUR");
        Assert.Equal(("Applied", "Rejected"), ((string?)run.Account("222222222201")["state"], (string?)run.Account("222222222202")["state"]));
    }

    [Fact]
    public async Task A_file_that_is_not_there_fails_and_is_named()
    {
        using var folder = new RowsOnDisk("[]");
        var run = await Tool.RunAsync("local", "--once", "--rows", folder.Missing);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(folder.Missing, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    /// <summary>What the row's own text asks for, worked out here by hand so that Core's reading of it is not what proves itself.</summary>
    private static string Expected(RowEntry row)
    {
        string? Cell(string name) => row.Image.Attributes.GetValueOrDefault(name) switch
        {
            BudgetSync.Core.Rows.RowValue.Text(var text) => text,
            BudgetSync.Core.Rows.RowValue.Number(var number) => number,
            _ => null,
        };
        var recipients = (Cell("EmailRecipients") ?? "finops@example.com").Split(',', StringSplitOptions.TrimEntries).ToList();
        // A row that names no topic is subscribed by the spoke's own, which makes the spoke look.
        var topic = Cell("SnsTopicArn") ?? "arn:aws:sns:us-east-1:{AccountId}:BudgetSync-Alerts";
        recipients.Add(topic.Replace("{AccountId}", row.Image.Key, StringComparison.Ordinal));
        var thresholds = (Cell("Thresholds") ?? "90").Split(',', StringSplitOptions.TrimEntries)
            .Select(text => text.Split(' '))
            .Select(
                words => Notification(
                    words.Length > 1 ? words[1] : "ACTUAL",
                    decimal.Parse(words[0].TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture),
                    recipients));
        return Budget(
            Cell("BudgetName") ?? "SpokeAccountBudget",
            decimal.Parse(Cell("BudgetValue")!, System.Globalization.CultureInfo.InvariantCulture),
            Cell("Unit") ?? "USD",
            Cell("TimeUnit") ?? "MONTHLY",
            thresholds);
    }

    private static string Actual(JsonNode account)
    {
        var budget = Assert.Single(account["budgets"]!.AsArray())!;
        Assert.Equal("Applied", (string?)account["state"]);
        Assert.Empty(account["reasons"]!.AsArray());
        Assert.True((long)account["milliseconds"]! >= 0);
        var notifications = budget["notifications"]!.AsArray().Select(notification =>
        {
            Assert.Equal(("GREATER_THAN", "PERCENTAGE"), ((string?)notification!["comparison"], (string?)notification["thresholdType"]));
            return Notification((string)notification["type"]!, (decimal)notification["threshold"]!, ToolResult.Texts(notification["subscribers"]));
        });
        return Budget((string)budget["name"]!, (decimal)budget["limit"]!, (string)budget["unit"]!, (string)budget["timeUnit"]!, notifications);
    }

    private static string Budget(string name, decimal limit, string unit, string timeUnit, IEnumerable<string> notifications) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{name} {limit:0.##} {unit} {timeUnit}\n{string.Join('\n', notifications.Order(StringComparer.Ordinal))}");

    private static string Notification(string type, decimal threshold, IEnumerable<string> subscribers) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{type} {threshold:0.####}: {string.Join(' ', subscribers.Order(StringComparer.Ordinal))}");
}
