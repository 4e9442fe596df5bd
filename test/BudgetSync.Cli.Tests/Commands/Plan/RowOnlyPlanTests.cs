using BudgetSync.Cli.Tests.Commands.Rows.Editing;
using BudgetSync.LocalAws.Organizations;

namespace BudgetSync.Cli.Tests.Commands.Plan;

/// <summary>Regression: a plan said that nothing would change, and ended 0, of rows that the import writes and that nearer rows shadow.</summary>
public sealed class RowOnlyPlanTests
{
    private const string Members = "ou-local-00000001";

    /// <summary>Every account of the organization has a row of its own.</summary>
    private const string Own = """
        { "AccountId": "222222222201", "BudgetValue": 1, "EmailRecipients": "a@b.c" },
        { "AccountId": "222222222202", "BudgetValue": 2, "EmailRecipients": "a@b.c" },
        { "AccountId": "999999999999", "BudgetValue": 9, "EmailRecipients": "a@b.c" }
        """;

    private static readonly string Rows = $$"""
        [ { "AccountId": "default", "BudgetValue": 300, "EmailRecipients": "a@b.c" },
          { "AccountId": "{{Members}}", "BudgetValue": 200 }, {{Own}} ]
        """;

    [Theory]
    [InlineData("default", "BudgetValue: 300 → 400", "AccountId,BudgetValue,EmailRecipients\ndefault,400,new@b.c\n")]
    [InlineData(Members, "BudgetValue: 200 → 250", "AccountId,BudgetValue\nou-local-00000001,250\n")]
    [InlineData("222222222201", "x-owner: none → Ann", "AccountId,BudgetValue,EmailRecipients,x-owner\n222222222201,1,a@b.c,Ann\n")]
    [InlineData("default", "x-owner: none → Ann", "AccountId,BudgetValue,EmailRecipients,x-owner\ndefault,300,a@b.c,Ann\n222222222201,5,a@b.c,\n")]
    public async Task A_row_that_moves_no_account_is_a_change_in_every_form_of_the_plan(string key, string change, string file)
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var path = local.File("rows.csv", file);
        foreach (var form in new[] { "--state=Update", "--markdown", "--json", "--csv" })
        {
            var run = await local.RunAsync("plan", path, form);
            Assert.Equal(ExitCode.Differences, run.ExitCode);
            Assert.Contains(change, run.Out, StringComparison.Ordinal);
            Assert.Contains(key, run.Out, StringComparison.Ordinal);
            Assert.Contains("no account's budget changes now", run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", path, "--yes")).ExitCode);
        var again = await local.RunAsync("plan", path);
        Assert.Equal(ExitCode.Done, again.ExitCode);
        Assert.Contains("nothing would change", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_an_OU_without_accounts_is_a_change()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var unit = local.Cloud.Organizations.AddOrganizationalUnit(OrganizationsService.RootId, "Empty");
        var run = await local.RunAsync("plan", local.File("rows.csv", $"AccountId,BudgetValue\n{unit},9\n"));
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Assert.Contains($"{unit}  to update", run.Out, StringComparison.Ordinal);
        Assert.Contains("BudgetValue: none → 9", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_moves_an_account_is_told_by_that_account_alone()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var run = await local.RunAsync("plan", local.File("rows.csv", $"AccountId,BudgetValue,EmailRecipients\n222222222201,,\n{Members},250,\n"));
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Assert.DoesNotContain("no account's budget changes now", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 → 250 USD", run.Out, StringComparison.Ordinal);
    }
}
