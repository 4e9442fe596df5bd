using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Ai;

/// <summary>An organization whose rows say something of models, and whose spokes meter none.</summary>
public sealed class AiReadinessTests
{
    private const string Off = "models are not metered in this deployment; its setting ai turns that on (cdk/README.md).";

    private const string Armed = """
        [{ "AccountId": "222222222201", "BudgetValue": 1,
           "Ai": { "Default": { "Limit": 5, "Mode": "ARMED" }, "AccountCap": { "Limit": 9, "Mode": "ARMED" } } }]
        """;

    [Fact]
    public async Task A_row_of_models_is_said_not_to_be_carried_out_by_what_plans_and_by_what_writes_it()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222202", "BudgetValue": 1 }]""");
        var file = local.File("rows.json", Armed);

        var plan = await local.RunAsync("plan", file);
        var markdown = await local.RunAsync("plan", file, "--markdown");
        var import = await local.RunAsync("rows", "import", file, "--yes");

        Assert.Equal(ExitCode.Done, import.ExitCode);
        Assert.Contains($"Warning: What rows say by Ai is not carried out: {Off}", plan.Error, StringComparison.Ordinal);
        Assert.Contains("What rows say by Ai is not carried out", markdown.Out, StringComparison.Ordinal);
        Assert.Contains($"What rows say by Ai is not carried out: {Off}", import.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_overview_each_account_that_rows_reach_and_that_does_not_meter_is_red()
    {
        await using var local = await EditedLocal.StartAsync(Armed);

        var all = await local.RunAsync("ai", "check");
        var one = await local.RunAsync("ai", "check", "222222222201");
        var other = await local.RunAsync("ai", "check", "222222222202");

        Assert.Equal((ExitCode.Failed, ExitCode.Failed, ExitCode.Failed), (all.ExitCode, one.ExitCode, other.ExitCode));
        var line = Assert.Single(all.Out.Split('\n'), line => line.StartsWith("2222", StringComparison.Ordinal));
        Assert.Matches("^222222222201 +Red +metering +the spoke does not meter models", line);
        Assert.Contains(Off, all.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("status")]
    [InlineData("compare")]
    public async Task An_account_that_nobody_knows_is_an_error(string command)
    {
        await using var local = await EditedLocal.StartAsync(Armed);

        var run = await local.RunAsync("ai", command, "111122223333");

        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Contains(
            "111122223333: no such account; neither the organization, the rows nor the status table knows it.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparing_an_account_that_has_told_nothing_names_it_and_the_check_that_says_why()
    {
        await using var local = await EditedLocal.StartAsync(Armed);

        var run = await local.RunAsync("ai", "compare", "222222222201");

        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(
            "222222222201 has told nothing of its models, so there is nothing to compare; 'budgetsync ai check 222222222201' says why.",
            run.Error,
            StringComparison.Ordinal);
    }
}
