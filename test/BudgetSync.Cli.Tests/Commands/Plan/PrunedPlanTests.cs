using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Plan;

/// <summary>A plan takes the words that decide what an import does, and tells of the same: else a pull request hides what it deletes.</summary>
public sealed class PrunedPlanTests
{
    private const string Rows = """
        [{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "BudgetValue": 7, "Weight": 2 },
         { "AccountId": "222222222203", "BudgetValue": 9, "OnDelete": "RETAIN" }]
        """;

    [Fact]
    public async Task A_row_that_prune_would_remove_is_told_with_what_becomes_of_its_budgets()
    {
        using var table = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", table.Path);
        using var file = new RowsOnDisk("AccountId,BudgetValue,Weight\n222222222202,7,2\n", "rows.csv");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "plan", file.Path)).ExitCode);

        var run = await Tool.RunAsync(environment, "plan", file.Path, "--prune");
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        var text = string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "its row goes; OnDelete REVERT: no row above covers the account, so the budgets that BudgetSync made there are deleted",
            text,
            StringComparison.Ordinal);
        Assert.Contains("its row goes; OnDelete RETAIN: the account keeps its budgets as they are", text, StringComparison.Ordinal);
        Assert.Contains("2 to update", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_default_that_prune_would_remove_is_told_and_so_are_the_accounts_it_leaves()
    {
        using var table = new RowsOnDisk("""
            [{ "AccountId": "default", "BudgetValue": 5 }, { "AccountId": "222222222201", "BudgetValue": 6 }, { "AccountId": "222222222202", "BudgetValue": 7 }]
            """);
        await using var local = await RunningLocal.StartAsync("--rows", table.Path);
        var environment = new Dictionary<string, string>(local.EnvironmentOf(RunningLocal.Management)) { ["BUDGETSYNC_HOME"] = $"{table.Path}.edits" };
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "rows", "delete", "222222222201", "--yes")).ExitCode);
        using var file = new RowsOnDisk("AccountId,BudgetValue\n222222222202,7\n", "rows.csv");
        var run = await Tool.RunAsync(environment, "plan", file.Path, "--prune", "--json");
        Directory.Delete($"{table.Path}.edits", recursive: true);
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Assert.Contains("\"its row goes; OnDelete REVERT: each of its", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"no row covers it any more\"", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_merge_would_leave_is_not_told_as_lost()
    {
        using var table = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", table.Path);
        using var file = new RowsOnDisk("AccountId,BudgetValue\n222222222202,7\n", "rows.csv");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        Assert.Contains("Weight: 2 → none", (await Tool.RunAsync(environment, "plan", file.Path)).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "plan", file.Path, "--merge")).ExitCode);
    }
}
