using BudgetSync.Cli.Tests.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Responses;

/// <summary>Who looks at an account sees that somebody has snoozed it: otherwise its silence looks like calm.</summary>
public sealed class SnoozeShownTests
{
    private const string Account = "222222222201";

    [Fact]
    public async Task Status_and_the_page_say_until_when_by_whom_and_why_and_nothing_once_it_is_taken_away()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf([Account, "222222222202"]));
        var snoozed = await local.RunAsync("snooze", Account, "--until", "2099-12-31", "--because", "load test", "--yes", "--wait");
        Assert.True(snoozed.ExitCode == ExitCode.Done, snoozed.Error);
        const string Text = "snoozed through 2099-12-31 by arn:aws:iam::999999999999:root: load test";

        Assert.Contains(Text, (await local.RunAsync("status", Account)).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("snooze", (await local.RunAsync("status", "222222222202")).Out, StringComparison.Ordinal);
        Assert.Equal(2, Count(await PageAsync(local), Text));

        var over = await local.RunAsync("rows", "set", Account, "--unset", "Snooze", "--yes", "--wait");
        Assert.True(over.ExitCode == ExitCode.Done, over.Error);
        Assert.DoesNotContain("snooze", (await local.RunAsync("status", Account)).Out, StringComparison.Ordinal);
        Assert.Equal(0, Count(await PageAsync(local), Text));
    }

    private static async Task<string> PageAsync(EditedLocal local)
    {
        var file = local.File("page.html", "");
        var run = await local.RunAsync("report", "--html", file);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>In the table and in the account's own part.</summary>
    private static int Count(string page, string text) => page.Split(text).Length - 1;
}
