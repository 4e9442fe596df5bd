using Amazon.Budgets.Model;
using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Adopt;

public sealed class AdoptTests
{
    private const string Account = "222222222201";
    private const string Rows = """[{ "AccountId": "222222222202", "BudgetValue": 7 }]""";

    [Fact]
    public async Task Hand_made_budgets_are_described_exactly_and_taken_over_without_a_change()
    {
        using var file = new RowsOnDisk($$"""[{ "AccountId": "222222222202", "BudgetValue": 7 }, { "AccountId": "{{Account}}", "Enabled": false }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        await MakeAsync(local, "Team", 1200.5m, filters: true);
        await MakeAsync(local, "Zero spend", 1, filters: false);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        await Tool.RunAsync(environment, "rows", "delete", Account, "--yes", "--wait");
        // What Propagate writes of the deleted row is none of adopt's calls.
        await local.Cloud.Work.WhenIdleAsync();
        local.Cloud.Calls.Clear();
        var adopted = Path.Combine(Directory.CreateTempSubdirectory("budgetsync-adopt-").FullName, "adopted.json");

        var run = await Tool.RunAsync(environment, "adopt", "--all", "--rows", adopted);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("3 accounts: 1 with budgets to adopt, 2 without, 0 not looked into.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(local.Cloud.Calls.Calls, call => call.Call.Operation.StartsWith("Put", StringComparison.Ordinal)
            || call.Call.Operation.StartsWith("Update", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(adopted);
        Assert.All(["\"Team\"", "1200.5", "\"Zero spend\"", "\"Adopt\"", "owner@example.com", "AmazonEC2"], part =>
            Assert.Contains(part.Replace("AmazonEC2", "Amazon Elastic Compute Cloud - Compute", StringComparison.Ordinal), text, StringComparison.Ordinal));

        // "plan of that file is empty of changes to amounts and alerts" (issue 11, build 4): it looks into whom the file adopts budgets of.
        var plan = await Tool.RunAsync(environment, "plan", adopted, "--json");
        var changed = System.Text.Json.Nodes.JsonNode.Parse(plan.Out)!.AsArray().Single()!; // One account changes.
        var told = changed["changes"]!.AsArray().Select(one => (string?)one); // Every line has them.
        Assert.Equal(["\"Team\": take over", "\"Zero spend\": take over"], told);

        var before = await DescribeAsync(local);
        local.Cloud.Calls.Clear();
        var imported = await Tool.RunAsync(environment, "rows", "import", adopted, "--yes", "--wait");
        Assert.True(imported.ExitCode == ExitCode.Done, imported.Out + imported.Error);
        Assert.Equal(before, await DescribeAsync(local));
        Assert.Contains(local.Cloud.Calls.Calls, call => call.Call.Operation == "TagResource");
        // The spoke's own topic comes to each alert, which tells nobody and changes no amount.
        Assert.DoesNotContain(local.Cloud.Calls.Calls, call => call.Call.Service == "budgets"
            && !call.Call.Input.ToJsonString().Contains(":BudgetSync-Alerts\"", StringComparison.Ordinal)
            && call.Call.Operation is "UpdateBudget" or "CreateBudget" or "DeleteBudget" or "CreateNotification" or "DeleteNotification" or "CreateSubscriber"
                or "DeleteSubscriber");
        var again = await Tool.RunAsync(environment, "adopt", "--account", Account, "--format", "json");
        Assert.Contains("1 account: 0 with budgets to adopt, 1 without", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_looks_names_a_hand_made_budget_that_no_row_adopts_and_one_that_does_not_says_so()
    {
        using var file = new RowsOnDisk($$"""[{ "AccountId": "222222222202", "BudgetValue": 7 }, { "AccountId": "{{Account}}", "Enabled": false }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        await MakeAsync(local, "Team", 5, filters: false);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        using var rows = new RowsOnDisk($$"""[{ "AccountId": "{{Account}}", "BudgetValue": 7, "BudgetName": "Team" }]""");
        var blind = await Tool.RunAsync(environment, "plan", rows.Path);
        Assert.Equal(ExitCode.Differences, blind.ExitCode);
        Assert.Contains("1 account would get a budget of a new name and was not looked into.", blind.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var seen = await Tool.RunAsync(environment, "plan", rows.Path, "--look");
        Assert.Equal(ExitCode.Failed, seen.ExitCode);
        Assert.Contains("\"Team\" exists in the account and was not created by BudgetSync", seen.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.DoesNotContain("not looked into", seen.Error, StringComparison.Ordinal);
        var refused = await Tool.RunAsync(environment, "plan", rows.Path, "--look", "--read-role", "Nobody");
        Assert.Contains("it could not be looked into: ", refused.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adopt")]
    [InlineData("adopt --all --account 222222222201")]
    public async Task Whose_budgets_has_to_be_said_and_only_once(string command)
    {
        var run = await Tool.RunAsync(command.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("one of --account ID, --ou ID or --all", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_cannot_be_looked_into_is_named_and_makes_exit_3()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(
            local.EnvironmentOf(RunningLocal.Management), "adopt", "--account", "222222222202", "--read-role", "NoSuchRole", "--format", "json");
        Assert.Equal(ExitCode.Unchecked, run.ExitCode);
        Assert.Contains("222222222202: not looked into:", run.Error, StringComparison.Ordinal);
    }

    private static async Task MakeAsync(RunningLocal local, string name, decimal limit, bool filters)
    {
        using var clients = local.As(Account);
        await clients.Budgets.CreateBudgetAsync(new CreateBudgetRequest
        {
            AccountId = Account,
            Budget = new Budget
            {
                BudgetName = name,
                BudgetType = "COST",
                TimeUnit = "MONTHLY",
                BudgetLimit = new() { Amount = limit, Unit = "USD" },
                FilterExpression = filters
                    ? new Expression { Dimensions = new() { Key = "SERVICE", Values = ["Amazon Elastic Compute Cloud - Compute"] } }
                    : null,
                Metrics = filters ? ["UnblendedCost"] : null,
            },
            NotificationsWithSubscribers =
            [
                new()
                {
                    Notification = new() { NotificationType = "FORECASTED", ComparisonOperator = "GREATER_THAN", Threshold = 100 },
                    Subscribers = [new() { SubscriptionType = "EMAIL", Address = "owner@example.com" }],
                },
                new()
                {
                    Notification = new() { NotificationType = "ACTUAL", ComparisonOperator = "GREATER_THAN", Threshold = 80.5 },
                    Subscribers =
                    [
                        new() { SubscriptionType = "EMAIL", Address = "owner@example.com" },
                        new() { SubscriptionType = "EMAIL", Address = "second@example.com" },
                    ],
                },
            ],
        });
    }

    private static async Task<string> DescribeAsync(RunningLocal local)
    {
        using var clients = local.As(Account);
        var answer = await clients.Budgets.DescribeBudgetsAsync(new DescribeBudgetsRequest { AccountId = Account });
        return string.Join(
            '\n',
            answer.Budgets.Select(budget => $"{budget.BudgetName} {budget.BudgetLimit.Amount} {budget.TimePeriod.Start:O} {budget.LastUpdatedTime:O}"));
    }
}
