using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands;

/// <summary>Credentials of a member account: found by a newcomer, who was told to deploy a table that was there.</summary>
public sealed class WrongAccountTests
{
    private const string Member = "222222222201";

    [Theory]
    [InlineData("history")]
    [InlineData("reconcile")]
    public async Task A_member_account_is_told_that_it_is_the_wrong_one(string command)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([Member]));
        var run = await Tool.RunAsync(local.Local.EnvironmentOf(Member), command);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"account {Member} has no BudgetSync in us-east-1", run.Error, StringComparison.Ordinal);
        Assert.Contains("give credentials of the management account", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("deploy the", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_the_right_account_does_not_have_is_named()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([Member]));
        var run = await local.RunAsync("reconcile", "--function", "Other");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("name the function with --function", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows get 11111111107", "give 011111111107")]
    [InlineData("status 11111111107", "011111111107")]
    [InlineData("history 11111111107", "give 12 digits, as 011111111107 where zeros in front were lost")]
    [InlineData("rows set 11111111107 --value 5", "give 12 digits, as 011111111107 where zeros in front were lost")]
    [InlineData("drift --account 11111111107", "give 12 digits, as 011111111107 where zeros in front were lost")]
    public async Task An_account_that_lost_its_zero_is_told_with_it(string command, string told)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([Member]));
        var run = await local.RunAsync(command.Split(' '));
        Assert.NotEqual(ExitCode.Done, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }
}
