using Amazon.Budgets.Model;
using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Drift;

public sealed class DriftTests
{
    private const string Account = "222222222201";
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "BudgetValue": 7 }]""";

    [Fact]
    public async Task Accounts_nobody_touched_are_in_sync_and_looking_writes_nothing()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Calls.Clear();
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift");
        Assert.Equal((ExitCode.Done, "3 accounts: 2 in sync, 1 uncovered.\n"), (run.ExitCode, run.Out));
        Assert.All(local.Cloud.Calls.Calls.Select(call => call.Call.Operation), operation =>
            Assert.False(
                operation.StartsWith("Put", StringComparison.Ordinal)
                    || operation.StartsWith("Create", StringComparison.Ordinal)
                    || operation.StartsWith("Update", StringComparison.Ordinal)
                    || operation.StartsWith("Delete", StringComparison.Ordinal),
                operation));
    }

    [Fact]
    public async Task A_budget_changed_by_hand_is_drift_and_is_told_how()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using (var clients = local.As(Account))
        {
            await clients.Budgets.UpdateBudgetAsync(
                new UpdateBudgetRequest
                {
                    AccountId = Account,
                    NewBudget = new()
                    {
                        BudgetName = "SpokeAccountBudget",
                        BudgetType = "COST",
                        TimeUnit = "MONTHLY",
                        BudgetLimit = new() { Amount = 9999, Unit = "USD" }
                    }
                });
            await clients.Budgets.CreateNotificationAsync(new CreateNotificationRequest
            {
                AccountId = Account,
                BudgetName = "SpokeAccountBudget",
                Notification = new() { NotificationType = "ACTUAL", ComparisonOperator = "GREATER_THAN", Threshold = 50 },
                Subscribers = [new() { SubscriptionType = "EMAIL", Address = "they@example.com" }],
            });
        }

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift");
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Golden.Same("drift.txt", run.Out);
        var json = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift", "--json", "--account", Account);
        Assert.Equal("Drifted", (string?)Assert.Single(json.JsonArray)!["state"]);
        Assert.DoesNotContain("they@example.com", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_being_let_go_is_uncovered()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        // Propagate dies whenever it is called: the parameter is not released yet.
        local.Cloud.Faults.OnCalls(call => call.Caller.SessionArn.Contains("/BudgetSync-Propagate/", StringComparison.Ordinal)
            ? new Fault.Crash(AfterEffect: false)
            : null);
        using (var clients = local.As(RunningLocal.Management))
            await clients.Dynamo.PutItemAsync(
                "BudgetSync-Budgets",
                new() { ["AccountId"] = new(Account), ["BudgetValue"] = new() { N = "1000" }, ["Enabled"] = new() { BOOL = false } });
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift");
        Assert.Equal((ExitCode.Done, "3 accounts: 1 in sync, 2 uncovered.\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task A_parameter_changed_or_deleted_by_hand_is_drift()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var clients = local.As(Account);
        await clients.OwnSystems.DeleteParameterAsync(new DeleteParameterRequest { Name = "/BudgetSync/Budgets" });
        await local.Cloud.Work.WhenIdleAsync();
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift", "--account", Account);
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Assert.Contains("parameter /BudgetSync/Budgets is missing", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_whose_role_cannot_be_assumed_is_unchecked_and_never_in_sync()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift", "--read-role", "NoSuchRole");
        Assert.Equal(ExitCode.Unchecked, run.ExitCode);
        Assert.EndsWith("3 accounts: 2 unchecked, 1 uncovered.\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("arn:aws:iam::222222222201:role/NoSuchRole cannot be assumed; name a role", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_that_cannot_be_looked_into_for_one_reason_are_told_together()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue\n" + string.Concat(Enumerable.Range(0, 7).Select(index => $"{222222222201 + index},5\n")));
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift", "--read-role", "NoSuchRole");
        Assert.Equal(ExitCode.Unchecked, run.ExitCode);
        var lines = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("7 accounts  unchecked  222222222201, 222222222202,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("222222222205 and 2 more (--json has all)", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  - arn:aws:iam::ACCOUNT:role/NoSuchRole cannot be assumed; name a role", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_the_organization_does_not_have_is_an_error()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "drift", "--account", "333333333333");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("333333333333", run.Error, StringComparison.Ordinal);
    }
}
