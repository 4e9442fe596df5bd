using Amazon.Organizations.Model;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class SetTests
{
    private const string A = "222222222201";
    private const string B = "222222222202";
    private const string C = "222222222203";

    private const string Rows = """
        [
          { "AccountId": "222222222201", "BudgetValue": 1000, "EmailRecipients": "a@example.com", "x-team": "t" },
          { "AccountId": "222222222202", "BudgetValue": 10.05 },
          { "AccountId": "222222222203", "Thresholds": "80" },
          { "AccountId": "default", "BudgetValue": 30 }
        ]
        """;

    [Fact]
    public async Task One_budget_is_raised_with_alerts_recipients_and_a_reason_and_is_in_the_account_when_it_returns()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(
            "rows", "set", A, "--value", "1500", "--threshold", "80", "--threshold", "100 FORECASTED", "--email", "a@b.c", "--because", "asked", "--yes",
            "--wait");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Same("rows-set.txt", run.Out);
        Assert.Equal(
            """{"BudgetValue":1500,"EmailRecipients":"a@b.c","Thresholds":"80, 100 FORECASTED","x-team":"t"}""",
            (await local.RowsAsync())[A]);
        Assert.Equal(["SpokeAccountBudget 1500 100: a@b.c; 80: a@b.c"], await local.Local.BudgetsAsync(A));
    }

    [Fact]
    public async Task Any_attribute_is_set_as_a_cell_of_a_file_says_it_and_judged_by_the_rules_of_rows()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(
            "rows", "set", B, "--attribute", "on delete=RETAIN", "--attribute", """Grants=[{"Amount": 5, "Until": "2099-12-31", "Why": "load test"}]""",
            "--value", "20", "--yes");
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Equal(
            """{"BudgetValue":20,"Grants":[{"Amount":5,"Until":"2099-12-31","Why":"load test"}],"OnDelete":"RETAIN"}""",
            (await local.RowsAsync())[B]);
        var refused = await local.RunAsync("rows", "set", B, "--attribute", "OnDelete=KEEP", "--yes");
        Assert.NotEqual(ExitCode.Done, refused.ExitCode);
        Assert.Contains("OnDelete", refused.Out + refused.Error, StringComparison.Ordinal);
        Assert.Contains("RETAIN", (await local.RowsAsync())[B], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--attribute: \"OnDelete\" has no value; write NAME=VALUE", "--attribute", "OnDelete")]
    [InlineData("--attribute: \"OnDelte\" is no attribute of a row; did you mean OnDelete?", "--attribute", "OnDelte=RETAIN")]
    [InlineData("--attribute: AccountId: is the row's key; say whose row as SCOPE", "--attribute", "AccountId=222222222201")]
    [InlineData("--attribute: Reason: is written by the tool", "--attribute", "Reason=because")]
    [InlineData("--attribute: OnDelete: is given twice; give it once", "--attribute", "OnDelete=RETAIN", "--attribute", "on delete=DELETE")]
    [InlineData("--attribute: Envelope: the cell begins like JSON but is not", "--attribute", "Envelope={\"Amount\": }")]
    [InlineData("--attribute BudgetValue: --value sets it too; give one of the two", "--attribute", "BudgetValue=3", "--value", "4")]
    [InlineData("--attribute OnDelete: --unset takes it away; give one of the two", "--attribute", "OnDelete=RETAIN", "--unset", "OnDelete")]
    public async Task An_attribute_that_cannot_be_meant_is_refused_before_anything_is_read(string problem, params string[] words)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(["rows", "set", B, .. words, "--yes"]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(problem, run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_OU_is_raised_by_ten_percent_in_its_rows_and_rows_that_follow_others_are_left()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var unit = local.Cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Other");
        local.Cloud.Organizations.AddAccount("222222222299", "elsewhere", unit);
        var members = await MembersAsync(local);
        var run = await local.RunAsync("rows", "set", "--ou", members, "--value", "+10%", "--yes");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var rows = await local.RowsAsync();
        Assert.Contains("\"BudgetValue\":1100,", rows[A], StringComparison.Ordinal);
        Assert.Equal("""{"BudgetValue":11.06}""", rows[B]);
        Assert.Equal("""{"BudgetValue":30}""", rows["default"]);
        Assert.Contains("1 row without an amount of its own left as it is", run.Error, StringComparison.Ordinal);
        var none = await local.RunAsync("rows", "set", "--ou", unit, "--value", "+10%", "--yes");
        Assert.Contains($"no row stands in {unit}", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_is_added_everywhere_and_rows_that_inherit_it_are_left()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("rows", "set", "--all", "--add-email", "finance@example.com", "--yes");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        await local.Cloud.Work.WhenIdleAsync();
        var rows = await local.RowsAsync();
        Assert.Contains("\"EmailRecipients\":\"a@example.com, finance@example.com\"", rows[A], StringComparison.Ordinal);
        Assert.Contains("\"EmailRecipients\":\"finops@example.com, finance@example.com\"", rows["default"], StringComparison.Ordinal);
        Assert.Equal("""{"Thresholds":"80"}""", rows[C]);
        Assert.Equal(["SpokeAccountBudget 30 80: finance@example.com finops@example.com"], await local.Local.BudgetsAsync(C));
        var away = await local.RunAsync("rows", "set", "--accounts", $"{A},{B}", "--remove-email", "finance@example.com", "--yes");
        Assert.Equal(ExitCode.Done, away.ExitCode);
        Assert.Contains("\"EmailRecipients\":\"a@example.com\"", (await local.RowsAsync())[A], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attribute_is_taken_away_and_a_row_that_is_not_there_is_added()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", A, "--unset", "x-team", "--unset", "email recipients", "--yes")).ExitCode);
        Assert.Equal("""{"BudgetValue":1000}""", (await local.RowsAsync())[A]);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", "222222222209", "--value", "5", "--time-unit", "DAILY", "--yes")).ExitCode);
        Assert.Equal("""{"BudgetValue":5,"TimeUnit":"DAILY"}""", (await local.RowsAsync())["222222222209"]);
    }

    [Theory]
    [InlineData("--value -2000", "-1000 is not above 0")]
    [InlineData("--email nobody", "\"nobody\" is not an e-mail address")]
    [InlineData("--threshold ninety", "\"ninety\"")]
    [InlineData("--unset Unit", "the row has no such attribute")]
    public async Task What_would_make_a_wrong_row_is_rejected_and_not_written(string options, string reason)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync(["rows", "set", A, "--yes", .. options.Split(' ')]);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(reason, run.Out, StringComparison.Ordinal);
        Assert.Contains("\"BudgetValue\":1000", (await local.RowsAsync())[A], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows set", "say whose rows")]
    [InlineData("rows set 222222222201", "say what to change")]
    [InlineData("rows set 222222222201 --all --value 5", "say whose rows")]
    [InlineData("rows set 2222 --value 5", "\"2222\" is no scope")]
    [InlineData("rows set --ou x --value 5", "--ou: \"x\" is no OU")]
    [InlineData("rows set --accounts 1,2 --value 5", "--accounts: \"1\" is not an AWS account id")]
    [InlineData("rows set 222222222201 --value 1,5", "--value: \"1,5\" is not a number; write 1.5")]
    [InlineData("rows set 222222222201 --value 1.500", "write 1500 or 1.5000")]
    [InlineData("rows set 222222222201 --email a@b.c --add-email d@b.c", "--email: names everybody")]
    [InlineData("rows import x --waves 10,many", "--waves: \"many\" is no number of accounts")]
    [InlineData("rows import x --stop-at 2%", "--stop-at: says when waves end")]
    [InlineData("rows import x --waves 1 --stop-at two", "--stop-at: \"two\" is no limit")]
    [InlineData("rows export --format docx", "--format: \"docx\" is no format")]
    [InlineData("rows list --json --csv", "give one of the two")]
    public async Task A_wrong_command_line_says_what_is_wrong(string command, string problem)
    {
        var run = await Tool.RunAsync(command.Split(' '));
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_are_deleted_having_said_what_becomes_of_the_budgets()
    {
        await using var local = await EditedLocal.StartAsync(Rows.Replace("\"BudgetValue\": 10.05", "\"BudgetValue\": 10, \"OnDelete\": "
            + "\"RETAIN\"", StringComparison.Ordinal));
        var run = await local.RunAsync("rows", "delete", A, B, "--yes", "--allow-large", "--wait");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Same("rows-delete.txt", run.Out);
        Assert.Equal(["SpokeAccountBudget 30 90: finops@example.com"], await local.Local.BudgetsAsync(A));
        Assert.Equal(["SpokeAccountBudget 10 90: finops@example.com"], await local.Local.BudgetsAsync(B));
        var gone = await local.RunAsync("rows", "delete", A, "--yes");
        Assert.Contains($"the table has no row of {A}", gone.Error, StringComparison.Ordinal);
    }

    private static async Task<string> MembersAsync(EditedLocal local)
    {
        using var clients = local.Local.As(RunningLocal.Management);
        return (await clients.Organizations.ListParentsAsync(new ListParentsRequest { ChildId = A })).Parents[0].Id;
    }
}
