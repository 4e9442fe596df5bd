using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Status;

public sealed class StatusTests
{
    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000 },
          { "AccountId": "222222222202", "BudgetValue": 7 },
          { "AccountId": "222222222203", "BudgetValue": -1 },
          { "AccountId": "222222222204", "BudgetValue": 4 }
        ]
        """;

    [Fact]
    public async Task Every_account_is_counted_and_those_that_need_somebody_are_listed_with_what_to_do()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path, "--without-stack", "222222222204");
        local.Cloud.Organizations.AddAccount("222222222299", "forgotten");
        await local.EditAsync("222222222288", "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } });
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Golden.Same("status.txt", Timeless.OfStatus(run.Out));
        foreach (var advice in new[] { "Rejected: correct the row", "Blocked: deploy the spoke stack", "Orphan: delete the row", "Uncovered: add a row" })
            Assert.Contains(advice, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_state_and_account_choose_what_is_shown()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);

        var json = await Tool.RunAsync(environment, "status", "--json");
        Assert.Equal(
            4,
            json.JsonObject["accounts"]!.AsArray().Count(account => (bool)account!["isAccount"]! && (string?)account["accountId"] != RunningLocal.Management));
        Assert.Equal(3, (int)json.JsonObject["summary"]!["counts"]!["Applied"]!);
        Assert.Equal(75, (decimal)json.JsonObject["summary"]!["percentApplied"]!);
        Assert.True((double)json.JsonObject["summary"]!["oldestLagSeconds"]! >= 0);

        var rejected = await Tool.RunAsync(environment, "status", "--state", "rejected", "--json");
        Assert.Equal("222222222203", (string?)Assert.Single(rejected.JsonObject["accounts"]!.AsArray())!["accountId"]);
        Assert.Equal(ExitCode.Failed, rejected.ExitCode);

        var one = await Tool.RunAsync(environment, "status", "222222222201");
        Assert.Equal(ExitCode.Done, one.ExitCode);
        Assert.StartsWith("222222222201  account-222222222201  Applied\n", one.Out, StringComparison.Ordinal);
        Assert.Contains("SpokeAccountBudget: 1,000 USD, spent", one.Out, StringComparison.Ordinal);
        Assert.Contains("from 222222222201", one.Out, StringComparison.Ordinal);

        var wrong = await Tool.RunAsync(environment, "status", "222222222203");
        Assert.Equal(ExitCode.Failed, wrong.ExitCode);
        Assert.Contains("BudgetValue: -1 is not above 0", wrong.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_local_is_reached_by_its_port_alone()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run =
            await Tool.RunAsync(
                "status",
                "--state",
                "Applied",
                "--local",
                new Uri(local.Endpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Applied    222222222202", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_nobody_knows_is_an_error_and_no_empty_answer()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status", "333333333333");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains("333333333333: neither the organization nor the tables know it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_row_of_an_OU_is_told_with_the_accounts_it_covers()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        string unit;
        using (var clients = local.As(RunningLocal.Management))
        {
            var root = (await clients.Organizations.ListRootsAsync(new())).Roots.Single().Id;
            unit = (await clients.Organizations.ListOrganizationalUnitsForParentAsync(new() { ParentId = root })).OrganizationalUnits.Single(
                found => found.Name == "Members").Id;
        }

        var without = await Tool.RunAsync(environment, "status", unit);
        Assert.Contains($"{unit} has no row and covers 4 accounts:", without.Error, StringComparison.Ordinal);
        await local.EditAsync(unit, "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } });
        var run = await Tool.RunAsync(environment, "status", unit);
        Assert.Contains($"{unit} has a row and covers 4 accounts:", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("4 accounts. ", run.Out, StringComparison.Ordinal);
        Assert.Equal(4, (await Tool.RunAsync(environment, "status", unit, "--json")).JsonObject["accounts"]!.AsArray().Count);
        Assert.Contains("neither", (await Tool.RunAsync(environment, "status", "ou-ab12-99999999")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status --state Wrong", "--state: \"Wrong\" is no state; give one of Applied")]
    [InlineData("status --endpoint-url nowhere", "--endpoint-url: \"nowhere\" is not a URL")]
    [InlineData("status --local 0", "--local: 0 is out of range")]
    public async Task A_wrong_option_is_a_usage_error(string arguments, string named)
    {
        var run = await Tool.RunAsync(arguments.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_where_nobody_listens_is_named()
    {
        // Port 1 of the loopback is nobody's.
        var run = await Tool.RunAsync("status", "--local", "1");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains("http://127.0.0.1:1 does not say who we are", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_no_scope_does_not_push_the_reasons_of_other_rows_away()
    {
        using var file = new RowsOnDisk(
            $$"""[{ "AccountId": "{{new string('x', 2000)}}", "BudgetValue": 1 }, { "AccountId": "222222222203", "BudgetValue": -1 }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status");

        Assert.InRange(run.Out.Split('\n').Single(line => line.Contains("222222222203", StringComparison.Ordinal)).Length, 50, 300);
    }
}
