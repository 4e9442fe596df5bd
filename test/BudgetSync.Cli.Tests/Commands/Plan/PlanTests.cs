using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Plan;

public sealed class PlanTests
{
    private const string Rows = """[{ "AccountId": "222222222201", "BudgetValue": 1000 }, { "AccountId": "222222222202", "BudgetValue": 7 }]""";

    [Fact]
    public async Task Rows_that_say_what_the_table_says_change_nothing()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "plan", file.Path);
        Assert.Equal((ExitCode.Done, "2 rows: nothing would change. Nothing was written.\n"), (run.ExitCode, run.Out));
    }

    [Fact]
    public async Task Each_account_that_would_change_is_told_with_its_changes_and_nothing_is_written()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk("""
            [
              { "AccountId": "222222222201", "BudgetValue": 1500.5, "Thresholds": "80, 100" },
              { "AccountId": "222222222203", "BudgetValue": 3 },
              { "AccountId": "default", "BudgetValue": 50 }
            ]
            """);
        local.Cloud.Calls.Clear();
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "plan", edited.Path);
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Golden.Same("plan.txt", run.Out);
        Assert.EndsWith("3 rows: 2 to create, 1 to update. Nothing was written.\n", run.Out, StringComparison.Ordinal);
        Assert.All(["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"], operation => Assert.Equal(0, local.Cloud.Calls.Count("dynamodb", operation)));
    }

    [Fact]
    public async Task Amounts_are_told_before_and_after_the_largest_movements_and_the_sum_and_who_comes_and_who_goes()
    {
        using var file = new RowsOnDisk(
            """
            [{ "AccountId": "222222222201", "BudgetValue": 1000, "Thresholds": "50, 80", "EmailRecipients": "a@example.com, b@example.com" },
             { "AccountId": "222222222202", "BudgetValue": 100 }, { "AccountId": "222222222203", "BudgetValue": 100 },
             { "AccountId": "222222222204", "BudgetValue": 100 }]
            """);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk(
            """
            [{ "AccountId": "222222222201", "BudgetValue": 2500, "Thresholds": "50, 80", "EmailRecipients": "a@example.com, c@example.com" },
             { "AccountId": "222222222202", "BudgetValue": 110 }, { "AccountId": "222222222203", "BudgetValue": 50 },
             { "AccountId": "222222222204", "BudgetValue": 100.5 }]
            """);
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "plan", edited.Path);
        Assert.Contains(
            """
            222222222201  to update  from 222222222201
              ~ "SpokeAccountBudget": 1,000 → 2,500 USD a month (+1,500, +150 %)
              ~ "SpokeAccountBudget": recipients + c@example.com, - b@example.com
            222222222203  to update
            """.ReplaceLineEndings("\n"),
            run.Out,
            StringComparison.Ordinal);
        Assert.Contains(
            "The largest movements: 222222222201 1,000 → 2,500 USD a month (+1,500, +150 %); 222222222203 100 → 50 USD a month (-50, -50 %); "
                + "222222222202 100 → 110 USD a month (+10, +10 %).\nAll rows of accounts: 1,300 → 2,760.50 USD a month (+1,460.50, +112.3 %).\n4 rows: ",
            run.Out,
            StringComparison.Ordinal);

        // A threshold that goes takes people along who stand nowhere else.
        using var fewer = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 1000, "Thresholds": "50", "EmailRecipients": "a@example.com" }]""");
        var less = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "plan", fewer.Path);
        Assert.Contains("recipients - b@example.com", less.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_row_says_of_models_is_told_with_limits_before_and_after_for_whom_it_changes()
    {
        using var file = new RowsOnDisk(
            """[{ "AccountId": "222222222201", "BudgetValue": 1000, "Ai": { "Default": { "Limit": 5 }, "Principals": { "user/*": { "Limit": 9 } } } }]""");
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk(
            """
            [{ "AccountId": "222222222201", "BudgetValue": 1000, "Ai": { "Default": { "Limit": 7.5 }, "Principals": { "user/*": { "Limit": 9 },
               "role/DataScience": { "Limit": 50, "Mode": "ARMED", "Shared": true } } } }]
            """);
        var environment = local.EnvironmentOf(RunningLocal.Management);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "plan", file.Path)).ExitCode);

        var run = await Tool.RunAsync(environment, "plan", edited.Path);
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Assert.Contains(
            """
            222222222201  to update  from 222222222201
              ~ models: role/DataScience: 5 → 50 USD in 30d; never suspended → suspended after 5m; not said → a role too
              ~ models: each other principal: 5 → 7.5 USD in 30d
            """.ReplaceLineEndings("\n"),
            run.Out,
            StringComparison.Ordinal);
        Assert.Contains("`models: each other principal: 5 → 7.5 USD in 30d`", (await Tool.RunAsync(environment, "plan", edited.Path, "--markdown")).Out);
        var models = (await Tool.RunAsync(environment, "plan", edited.Path, "--json")).Account("222222222201")["models"]!.AsArray();
        Assert.Equal(["Ai.Principals.role/DataScience", "Ai.Default"], models.Select(model => (string?)model!["attribute"]));
        Assert.Equal((5, 7.5m), ((decimal?)models[1]!["before"]!["limit"], (decimal?)models[1]!["after"]!["limit"]));
        Assert.Equal(("WATCH", "ARMED"), ((string?)models[0]!["before"]!["mode"], (string?)models[0]!["after"]!["mode"]));
    }

    [Fact]
    public async Task A_row_for_an_account_or_OU_that_the_organization_does_not_have_is_told_before_it_is_written()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk(
            """[{ "AccountId": "012345678901", "BudgetValue": 3 }, { "AccountId": "ou-zzzz-12345678", "BudgetValue": 3 }]""");
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "plan", edited.Path);
        Assert.Contains("the organization has no such account: the row would be an Orphan", run.Out, StringComparison.Ordinal);
        Assert.Contains("the organization has no such OU or root: the row would be an Orphan", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_rows_are_told_with_every_reason_and_fail_the_plan()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited =
            new RowsOnDisk(
                """[{ "AccountId": "222222222201", "BudgetValue": -1, "Treshold": 5 }, { "AccountId": "222222222202", "BudgetValue": 8 }, {"""
                    + """ "AccountId": "22" , "BudgetValue": 8 }, { "BudgetValue": 9 }]""");
        var run = await Tool.RunAsync(local.EnvironmentOf(RunningLocal.Management), "plan", edited.Path, "--json");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(2, ToolResult.Texts(run.Account("222222222201")["reasons"]).Count);
        Assert.Equal("Update", (string?)run.Account("222222222202")["change"]);
        Assert.Equal("Reject", (string?)run.Account("22")["change"]);
        Assert.Equal("Reject", (string?)run.Account("")["change"]);
    }

    [Fact]
    public async Task Importing_the_planned_rows_makes_the_revisions_that_were_planned()
    {
        using var file = new RowsOnDisk(Rows);
        await using var local = await RunningLocal.StartAsync("--rows", file.Path);
        using var edited = new RowsOnDisk("""[{ "AccountId": "222222222201", "BudgetValue": 1234 }]""");
        var environment = local.EnvironmentOf(RunningLocal.Management);
        var planned = (string?)(await Tool.RunAsync(environment, "plan", edited.Path, "--json")).Account("222222222201")["revisionThen"];
        await local.EditAsync("222222222201", "SET BudgetValue = :v", new() { [":v"] = new() { N = "1234" } });
        var status = await Tool.RunAsync(environment, "status", "222222222201", "--json");
        Assert.Equal(planned, (string?)status.JsonObject["accounts"]![0]!["appliedRevision"]);
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync(environment, "plan", edited.Path)).ExitCode);
    }

    [Fact]
    public async Task What_AWS_charges_for_actions_is_said_by_plan_and_before_the_rows_are_written()
    {
        const string action = """
            { "NotificationType": "ACTUAL", "ActionType": "APPLY_IAM_POLICY", "ApprovalModel": "MANUAL",
              "ActionThreshold": { "ActionThresholdValue": 100, "ActionThresholdType": "PERCENTAGE" },
              "Definition": { "IamActionDefinition": { "PolicyArn": "arn:aws:iam::aws:policy/AWSDenyAll", "Roles": ["app"] } } }
            """;
        const string warning = "Warning: Actions: 3 budgets would have actions (0 now), for which AWS charges about $2.80 a month";
        await using var local = await EditedLocal.StartAsync(Rows);
        using var edited = new RowsOnDisk($$"""[{ "AccountId": "default", "BudgetValue": 5, "Actions": [{{action}}] }]""");

        var plan = await local.RunAsync("plan", edited.Path);
        var markdown = await local.RunAsync("plan", edited.Path, "--markdown");
        var import = await local.RunAsync("rows", "import", edited.Path, "--yes");

        Assert.Contains(warning, plan.Error, StringComparison.Ordinal);
        Assert.Contains("$2.80 a month", markdown.Out, StringComparison.Ordinal);
        Assert.Contains(warning, import.Error, StringComparison.Ordinal);
    }
}
