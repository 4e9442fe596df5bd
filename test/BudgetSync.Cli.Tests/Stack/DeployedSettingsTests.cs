using Amazon.SimpleSystemsManagement.Model;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core;

namespace BudgetSync.Cli.Tests.Stack;

/// <summary>
/// Trial of November 2026: with settings that are not the tool's own defaults, half of the accounts were falsely drifted and rows falsely rejected.
/// </summary>
public sealed class DeployedSettingsTests
{
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "Thresholds": "80" }]""";
    private static readonly string[] Given = ["--email-recipient", "one@example.com, two@example.com", "--budget-name", "ours", "--default-value", "7.50"];

    [Fact]
    public async Task Rows_are_judged_by_what_the_stack_was_deployed_with_and_the_stack_is_named()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync(["--rows", file.Path, .. Given]);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var introduction = $"Stack of account 999999999999 in us-east-1 at {local.Endpoint.TrimEnd('/')}, settings version 1.\n";

        var drift = await Tool.RunAsync(environment, "drift");
        Assert.Equal((ExitCode.Done, "3 accounts: 2 in sync, 1 uncovered.\n", introduction), (drift.ExitCode, drift.Out, drift.Error));
        var plan = await Tool.RunAsync(environment, "plan", file.Path);
        Assert.Equal((ExitCode.Done, "2 rows: nothing would change. Nothing was written.\n", introduction), (plan.ExitCode, plan.Out, plan.Error));
        Assert.StartsWith(introduction, (await Tool.RunAsync(environment, "status")).Error, StringComparison.Ordinal);

        // What is given explicitly counts more.
        Assert.Equal(ExitCode.Differences, (await Tool.RunAsync(environment, "drift", "--budget-name", "theirs")).ExitCode);
    }

    [Fact]
    public async Task Where_the_stack_does_not_say_options_are_asked_for_and_nothing_is_guessed()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync(["--rows", file.Path, .. Given]);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        using (var clients = local.As(RunningLocal.Management))
            await clients.OwnSystems.DeleteParameterAsync(new DeleteParameterRequest { Name = DeployedSettings.Parameter });

        foreach (var command in new[] { new[] { "drift" }, ["plan", file.Path] })
        {
            var run = await Tool.RunAsync(environment, command);
            Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
            Assert.Contains("there is no parameter /BudgetSync/Stack", run.Error, StringComparison.Ordinal);
            Assert.Contains("give --email-recipient and --budget-name", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, ["drift", .. Given])).ExitCode);
        // What needs no settings goes on without them, and says so.
        var status = await Tool.RunAsync(environment, "status");
        Assert.Equal(ExitCode.Done, status.ExitCode);
        Assert.Contains("settings unknown: there is no parameter /BudgetSync/Stack", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_read_and_what_is_missing_or_strange_is_not_known()
    {
        var full = DeployedSettings.Parse(
            """
            {"BudgetsTable":"b","StatusTable":"s","ParameterName":"/p","BudgetName":"n \"q\"","DefaultValue":"7.50","EmailRecipient":"a@x.com, b@x.com",
             "SpendBounds":"","ManagementAccountId":"999999999999","Later":[1]}
            """,
            3);
        Assert.NotNull(full);
        Assert.Equal(
            ("b", "s", "/p", "n \"q\"", 7.50m, AccountId.Parse("999999999999"), 3L),
            (full.BudgetsTable, full.StatusTable, full.ParameterName, full.BudgetName, full.DefaultValue, full.ManagementAccount, full.Version));
        Assert.Equal(["a@x.com", "b@x.com"], full.EmailRecipients?.ToArray() ?? []);

        var empty = DeployedSettings.Parse("""{"DefaultValue":"","BudgetName":5,"ManagementAccountId":"12"}""", 1);
        Assert.NotNull(empty);
        Assert.Equal((null, null, null, null), (empty.BudgetName, empty.EmailRecipients, empty.DefaultValue, empty.ManagementAccount));
        Assert.All(["", "[]", "1500", "{\"a\"", "null"], text => Assert.Null(DeployedSettings.Parse(text, 1)));
    }
}
