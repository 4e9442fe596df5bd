using System.Text.Json.Nodes;
using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests.Commands.Actions;

public sealed class ActionTests
{
    private const string Account = "222222222201";
    private const string Budget = "SpokeAccountBudget";

    private static readonly string Rows = $$"""
        [{ "AccountId": "{{Account}}", "BudgetValue": 100, "Actions": [{{Action(200, "DenyNew")}}, {{Action(900, "DenyAll")}}] },
         { "AccountId": "222222222202", "BudgetValue": 7, "TimeUnit": "DAILY" }]
        """;

    [Fact]
    public async Task A_person_sees_what_waits_approves_it_takes_it_back_and_arms_it_again()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await StartAsync(file);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        local.Cloud.Budgets.SetSpend(Account, Budget, 250);

        var list = await Tool.RunAsync(environment, "action", "list");
        Assert.True(list.ExitCode == ExitCode.Done, list.Error);
        var lines = list.Out.Split('\n');
        // What waits for a person is first.
        Assert.Contains("PENDING", lines[1], StringComparison.Ordinal);
        Assert.Contains("ACTUAL above 200 %", lines[1], StringComparison.Ordinal);
        Assert.Contains("2 budget actions, 1 waiting for a person, 0 not looked into.", list.Error, StringComparison.Ordinal);
        var waiting = Assert.Single((await JsonAsync(environment, "action", "list", "--waiting", "--json")).AsArray())!;
        Assert.Equal(
            ("attach DenyNew to role developer", "approve"),
            (waiting["effect"]!.GetValue<string>(), Assert.Single(waiting["can"]!.AsArray())!.GetValue<string>()));

        await ExecuteAsync(local, environment, "approve", "EXECUTION_SUCCESS");
        await ExecuteAsync(local, environment, "reverse", "REVERSE_SUCCESS");
        await ExecuteAsync(local, environment, "reset", "STANDBY");

        var id = (await JsonAsync(environment, "action", "list", "--json")).AsArray()
            .Single(action => action!["effect"]!.GetValue<string>().Contains("DenyNew", StringComparison.Ordinal))!["actionId"]!.GetValue<string>();
        var history = await JsonAsync(environment, "action", "history", Account, Budget, id, "--json");
        Assert.Equal(
            ["STANDBY", "PENDING", "EXECUTION_IN_PROGRESS", "EXECUTION_SUCCESS", "REVERSE_IN_PROGRESS", "REVERSE_SUCCESS", "RESET_IN_PROGRESS", "STANDBY"],
            history.AsArray().Select(step => step!["status"]!.GetValue<string>()));
    }

    // Found by a newcomer: the id, which the other commands ask for, was the first column to go.
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task The_id_of_an_action_is_shown_whole_at_every_width_that_terminals_have(int width)
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await StartAsync(file);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var ids = (await JsonAsync(environment, "action", "list", "--json")).AsArray().Select(action => action!["actionId"]!.GetValue<string>());

        var list = await Tool.RunAsync(terminal => terminal with { Environment = environment, Width = width }, "action", "list");

        Assert.All(ids, id => Assert.Contains(id, list.Out, StringComparison.Ordinal));
        ViewTests.Fits("action list", list, width);
    }

    [Fact]
    public async Task What_failed_is_told_with_where_to_read_why_and_can_be_repeated()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await StartAsync(file);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        local.Cloud.Budgets.SetActionFailure(Account, fails: true);
        local.Cloud.Budgets.SetSpend(Account, Budget, 250);

        var failed = await Tool.RunAsync(environment, "action", "approve", Account, Budget, "--yes");
        Assert.Equal(ExitCode.Failed, failed.ExitCode);
        Assert.Contains("EXECUTION_FAILURE", failed.Out, StringComparison.Ordinal);
        Assert.Contains($"budgetsync action history {Account} {Budget} ", failed.Error, StringComparison.Ordinal);
        var history = await Tool.RunAsync(environment, ["action", "history", .. failed.Error.Split("action history ")[1].Trim().Split(' ')]);
        Assert.Contains("not authorized", history.Out, StringComparison.Ordinal);

        local.Cloud.Budgets.SetActionFailure(Account, fails: false);
        await ExecuteAsync(local, environment, "retry", "EXECUTION_SUCCESS");
    }

    [Theory]
    [InlineData("approve 222222222201 SpokeAccountBudget --yes", "approve: no action is PENDING; there is:", ExitCode.Failed)]
    [InlineData(
        "approve 222222222201 other --yes",
        "the budget \"other\" of 222222222201 has no action; of this account these have: \"SpokeAccountBudget\".",
        1)]
    [InlineData("history 222222222201 SpokeAccountBudget", "more than one action can be meant; add the id of one:", ExitCode.Usage)]
    [InlineData("history 222222222201 SpokeAccountBudget nothing", "has no action nothing; it has:", ExitCode.Failed)]
    [InlineData("approve 12 b", "\"12\" is not an AWS account id", ExitCode.Usage)]
    [InlineData("list --account 333333333333", "the organization has no active account 333333333333", ExitCode.Failed)]
    public async Task What_cannot_be_done_is_refused_and_nothing_is_executed(string command, string told, int code)
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await StartAsync(file);

        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), ["action", .. command.Split(' ')]);

        Assert.Equal(code, run.ExitCode);
        Assert.Contains(told, run.Error.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(local.Cloud.Calls.Calls, call => call.Call.Operation == "ExecuteBudgetAction");
    }

    [Fact]
    public async Task Without_a_person_to_ask_or_with_a_no_nothing_is_executed()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await StartAsync(file);
        local.Cloud.Budgets.SetSpend(Account, Budget, 250);

        var silent = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "action", "approve", Account, Budget);
        Assert.Equal(ExitCode.Usage, silent.ExitCode);
        using var input = new MemoryStream("n\n"u8.ToArray());
        var refused = await Tool.RunAsync(
            terminal => terminal with { Environment = local.EnvironmentOf(RunningLocal.Management), In = input, Answers = true },
            "action", "approve", Account, Budget);
        Assert.Contains("Nothing was done.", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(local.Cloud.Calls.Calls, call => call.Call.Operation == "ExecuteBudgetAction");
    }

    private static string Action(int threshold, string policy) => $$$"""
        { "NotificationType": "ACTUAL", "ActionType": "APPLY_IAM_POLICY", "ApprovalModel": "MANUAL",
          "ActionThreshold": { "ActionThresholdValue": {{{threshold}}}, "ActionThresholdType": "PERCENTAGE" },
          "Definition": { "IamActionDefinition": { "PolicyArn": "arn:aws:iam::{AccountId}:policy/{{{policy}}}", "Roles": ["developer"] } } }
        """;

    private static Task<RunningLocal> StartAsync(RowsOnDisk file) => RunningLocal.StartAsync("--rows", file.Path, "--budget-actions");

    private static async Task ExecuteAsync(RunningLocal local, Dictionary<string, string> environment, string word, string status)
    {
        var run = await Tool.RunAsync(environment, "action", word, Account, Budget, "--yes");
        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        Assert.Contains(status, run.Out, StringComparison.Ordinal);
        await local.Cloud.Work.WhenIdleAsync();
    }

    private static async Task<JsonNode> JsonAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var run = await Tool.RunAsync(environment, arguments);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return JsonNode.Parse(run.Out)!;
    }
}
