using BudgetSync.Cli.Tests.Commands.Responses;

namespace BudgetSync.Cli.Tests.Commands;

/// <summary>Of an account that nothing knows, no command says that there is nothing to tell: a slip of a digit would look as if all were well.</summary>
public sealed class UnknownAccountTests
{
    [Theory]
    [InlineData("status")]
    [InlineData("restrictions")]
    [InlineData("alerts")]
    [InlineData("ledger")]
    [InlineData("restrictions --json")]
    [InlineData("alerts --json")]
    [InlineData("ledger --json")]
    public async Task It_is_said_with_the_same_way_out_and_the_same_exit_code(string command)
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.Queues.CreateQueueAsync("BudgetSync-Alerts-DeadLetters");
        await bed.PutRowAsync(RestrictionBed.Account, "5");

        var unknown = await bed.RunAsync([.. command.Split(' '), "222233334444"]);
        var known = await bed.RunAsync([.. command.Split(' '), RestrictionBed.Account]);

        Assert.Equal((ExitCode.Failed, ""), (unknown.ExitCode, unknown.Out));
        Assert.EndsWith(
            "budgetsync: 222233334444: neither the organization nor the tables know it; 'budgetsync status' lists what they know.\n",
            unknown.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("know it", known.Error, StringComparison.Ordinal);
        Assert.NotEqual("", known.Out);
    }

    [Theory]
    [InlineData("restrictions", "222233334444 has no restriction.")]
    [InlineData("alerts", "No message was sent about 222233334444.")]
    [InlineData("ledger", "The ledger has no entry of 222233334444.")]
    public async Task An_account_that_only_a_row_knows_has_nothing_to_tell(string command, string told)
    {
        await using var bed = await RestrictionBed.CreateAsync();
        await bed.Clients.Queues.CreateQueueAsync("BudgetSync-Alerts-DeadLetters");
        await bed.PutRowAsync("222233334444", "5");

        var run = await bed.RunAsync(command, "222233334444");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains(told, run.Out, StringComparison.Ordinal);
    }
}
