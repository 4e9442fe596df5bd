using Amazon.DynamoDBv2.Model;
using Amazon.SimpleSystemsManagement.Model;

namespace BudgetSync.Cli.Tests.Commands.Local;

public sealed class RunningLocalTests
{
    private const string Account = "222222222201";
    private const string Rows =
        """[{ "AccountId": "222222222201", "BudgetValue": 1000, "EmailRecipients": "a@example.com" }, { "AccountId": "222222222202", "BudgetValue": 7 }]""";
    private static readonly string[] BudgetsWrites =
    [
        "CreateBudget", "UpdateBudget", "DeleteBudget", "CreateNotification", "UpdateNotification", "DeleteNotification",
        "CreateSubscriber", "UpdateSubscriber", "DeleteSubscriber", "CreateBudgetAction", "UpdateBudgetAction", "DeleteBudgetAction", "TagResource",
        "UntagResource",
    ];

    [Fact]
    public async Task Edits_over_the_socket_reach_the_budget_and_leave_nothing_over()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        Assert.Equal(["SpokeAccountBudget 1000 90: a@example.com"], await local.BudgetsAsync(Account));

        await local.EditAsync(Account, "SET BudgetValue = :v", new() { [":v"] = new() { N = "1500.50" } });
        Assert.Equal(["SpokeAccountBudget 1500.5 90: a@example.com"], await local.BudgetsAsync(Account));

        await local.EditAsync(Account, "SET Thresholds = :v", new() { [":v"] = new() { L = [new() { N = "80" }, new() { N = "100" }] } });
        Assert.Equal(["SpokeAccountBudget 1500.5 100: a@example.com; 80: a@example.com"], await local.BudgetsAsync(Account));

        await local.EditAsync(Account, "SET EmailRecipients = :v", new() { [":v"] = new() { SS = ["b@example.com", "c@example.com"] } });
        Assert.Equal(["SpokeAccountBudget 1500.5 100: b@example.com c@example.com; 80: b@example.com c@example.com"], await local.BudgetsAsync(Account));

        await local.EditAsync(Account, "REMOVE Thresholds, EmailRecipients", []);
        Assert.Equal(["SpokeAccountBudget 1500.5 90: finops@example.com"], await local.BudgetsAsync(Account));
        Assert.Equal(["SpokeAccountBudget 7 90: finops@example.com"], await local.BudgetsAsync("222222222202"));
    }

    [Fact]
    public async Task An_edit_to_what_the_row_already_says_writes_no_parameter_and_no_budget()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Calls.Clear();
        // A stream has no record of an edit that changes nothing at all, so an attribute nobody reads comes with it.
        await local.EditAsync(Account, "SET BudgetValue = :v, Note = :n", new() { [":v"] = new() { N = "1000.00" }, [":n"] = new() { S = "looked at" } });
        Assert.NotEqual(0, local.Cloud.Calls.Count("ssm", "GetParameter"));
        Assert.Equal(0, local.Cloud.Calls.Count("ssm", "PutParameter"));
        Assert.All(BudgetsWrites, operation => Assert.Equal(0, local.Cloud.Calls.Count("budgets", operation)));
    }

    [Fact]
    public async Task A_second_edit_of_an_account_assumes_no_role_again()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        await local.EditAsync(Account, "SET BudgetValue = :v", new() { [":v"] = new() { N = "2000" } });
        local.Cloud.Calls.Clear();
        await local.EditAsync(Account, "SET BudgetValue = :v", new() { [":v"] = new() { N = "3000" } });
        Assert.Equal(["SpokeAccountBudget 3000 90: a@example.com"], await local.BudgetsAsync(Account));
        Assert.Equal(0, local.Cloud.Calls.Count("sts", "AssumeRole"));
    }

    [Fact]
    public async Task A_budget_that_is_not_ours_survives_untouched_and_a_clash_of_names_says_so()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var clients = local.As(Account);
        await clients.Budgets.CreateBudgetAsync(new()
        {
            AccountId = Account,
            Budget = new() { BudgetName = "theirs", BudgetType = "COST", TimeUnit = "MONTHLY", BudgetLimit = new() { Amount = 5, Unit = "USD" } },
            NotificationsWithSubscribers =
            [
                new()
                {
                    Notification = new() { NotificationType = "ACTUAL", ComparisonOperator = "GREATER_THAN", Threshold = 50 },
                    Subscribers = [new() { SubscriptionType = "EMAIL", Address = "they@example.com" }]
                }
            ],
        });
        await local.EditAsync(Account, "SET BudgetName = :v", new() { [":v"] = new() { S = "theirs" } });
        Assert.Contains("theirs 5 50: they@example.com", await local.BudgetsAsync(Account));
        using var management = local.As(RunningLocal.Management);
        var status =
            await management.Dynamo.GetItemAsync(new GetItemRequest { TableName = "BudgetSync-Status", Key = new() { ["AccountId"] = new() { S = Account } } });
        Assert.Equal("Rejected", status.Item["State"].S);
        Assert.Contains("Adopt", status.Item["Reasons"].L.Single().S, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parameter_can_be_read_in_the_account_and_each_change_is_told_in_a_line()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var clients = local.As(Account);
        var parameter = await clients.OwnSystems.GetParameterAsync(new GetParameterRequest { Name = "/BudgetSync/Budgets" });
        Assert.Contains("1000", parameter.Parameter.Value, StringComparison.Ordinal);
        await local.EditAsync(Account, "SET BudgetValue = :v", new() { [":v"] = new() { N = "1234" } });
        await local.UntilSaidAsync("222222222201  Applied  SpokeAccountBudget 1,234 USD");
    }

    [Fact]
    public async Task The_accounts_have_spent_something_and_the_hub_knows_it()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "status", "--json", Account);

        var budget = run.JsonObject["accounts"]!.AsArray().Single()!["budgets"]!.AsArray().Single()!;
        Assert.True((decimal?)budget["actualSpend"] > 0, run.Out);
        Assert.True((decimal?)budget["forecastedSpend"] > 0, run.Out);
        Assert.Contains((string?)budget["spendState"], new[] { "Under", "OnTarget", "Over" });
    }

    [Fact]
    public async Task A_row_with_a_budget_action_is_shown_and_where_the_action_stands()
    {
        using var file = new RowsOnDisk(Rows);

        var run = await Tool.RunAsync("local", "--once", "--budget-actions", "--rows", file.Path);

        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains(
            "222222222201  SpokeAccountBudget: the budget action APPLY_IAM_POLICY at 10 % is ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("222222222202  SpokeAccountBudget: the budget action", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_a_row_has_is_told_with_its_own_threshold()
    {
        using var file = new RowsOnDisk("""
            [{ "AccountId": "222222222201", "BudgetValue": 100, "Actions": [{ "NotificationType": "ACTUAL", "ActionType": "APPLY_IAM_POLICY",
               "ApprovalModel": "MANUAL", "ActionThreshold": { "ActionThresholdValue": 900, "ActionThresholdType": "PERCENTAGE" },
               "Definition": { "IamActionDefinition": { "PolicyArn": "arn:aws:iam::{AccountId}:policy/Deny", "Roles": ["developer"] } } }] }]
            """);

        var run = await Tool.RunAsync("local", "--once", "--budget-actions", "--rows", file.Path);

        Assert.Contains(
            "222222222201  SpokeAccountBudget: the budget action APPLY_IAM_POLICY at 900 % is STANDBY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_C_ends_it_in_order()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        Assert.Equal(ExitCode.Done, await local.InterruptAsync());
        Assert.DoesNotContain("Exception", local.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_way_out()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var port = new Uri(local.Endpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var second = await Tool.RunAsync("local", "--rows", file.Path, "--port", port);
        Assert.Equal(ExitCode.Failed, second.ExitCode);
        Assert.Contains($"--port: {port} cannot be listened on", second.Error, StringComparison.Ordinal);
        Assert.Contains("0 for any free one", second.Error, StringComparison.Ordinal);
    }
}
