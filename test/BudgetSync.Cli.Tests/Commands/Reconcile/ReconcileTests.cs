using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Reconcile;

public sealed class ReconcileTests
{
    private const string Account = "222222222201";
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "BudgetValue": 7 }]""";

    /// <summary>A person's reconcile has every spoke look at itself again, because what hands changed there is known nowhere else.</summary>
    [Fact]
    public async Task Where_all_is_in_sync_every_spoke_looks_again_and_no_budget_is_written()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        local.Cloud.Calls.Clear();
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "reconcile", "--json");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(2, (int)run.JsonObject["written"]!);
        await local.Cloud.Work.WhenIdleAsync();
        Assert.Equal(2, local.Cloud.Calls.Count("ssm", "PutParameter"));
        Assert.All(["CreateBudget", "UpdateBudget", "DeleteBudget"], operation => Assert.Equal(0, local.Cloud.Calls.Count("budgets", operation)));
        Assert.Contains("Run 1 of BudgetSync-Reconcile", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_was_blocked_is_applied_once_its_stack_is_there_without_waiting_for_its_turn()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path, "--without-stack", Account);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var blocked = await Tool.RunAsync(environment, "reconcile", "--account", Account);
        Assert.Equal(ExitCode.Unchecked, blocked.ExitCode);
        Assert.Contains("1 Blocked", blocked.Out, StringComparison.Ordinal);

        // Into the OU the stack set reaches.
        using (var clients = local.As(RunningLocal.Management))
        {
            var root = (await clients.Organizations.ListRootsAsync(new())).Roots.Single().Id;
            var members =
                (await clients.Organizations.ListOrganizationalUnitsForParentAsync(new() { ParentId = root })).OrganizationalUnits.Single(
                    unit => unit.Name == "Members").Id;
            local.Cloud.Organizations.Move(Account, members);
        }

        await local.Cloud.Work.WhenIdleAsync();
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "reconcile", "--account", Account)).ExitCode);
        await local.Cloud.Work.WhenIdleAsync();
        Assert.Equal(["SpokeAccountBudget 1000 90: finops@example.com"], await local.BudgetsAsync(Account));
        Assert.StartsWith($"{Account}  account-{Account}  Applied", (await Tool.RunAsync(environment, "status", Account)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_nobody_knows_is_refused()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "reconcile", "--account", "333333333333");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains("--account: the organization has no active account 333333333333", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_named()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "reconcile", "--function", "Nothing");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains("Nothing in 999999999999 (us-east-1) cannot be invoked: 404", run.Error, StringComparison.Ordinal);
    }
}
