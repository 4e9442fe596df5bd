using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>A snooze of an account that has nothing to snooze, or that nobody has, is told as an edit of a row tells it.</summary>
public sealed class SnoozedAccountTests
{
    [Fact]
    public async Task An_account_that_the_organization_does_not_have_is_said_to_be_one()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(["default", "222222222201"]));
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = new MemoryStream("n\n"u8.ToArray()) },
            CancellationToken.None,
            "snooze", "123123123123", "--until", "2099-12-31", "--because", "a slip");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("the organization has no such account: the row would be an Orphan", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_no_row_applies_to_has_nothing_to_snooze()
    {
        await using var local = await EditedLocal.StartAsync("""[{ "AccountId": "222222222201", "BudgetValue": 5 }]""");
        var run = await local.RunAsync("snooze", "123123123123", "--until", "2099-12-31", "--because", "a slip", "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("no row applies to 123123123123, so there is nothing to snooze", run.Error, StringComparison.Ordinal);
        Assert.Empty(local.EditFiles);
    }
}
