using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>What an edit says at its end and before it: found by a newcomer who pressed Ctrl+C and read the last line only.</summary>
public sealed class EditEndTests
{
    private static readonly string[] Keys = ["222222222201", "222222222202"];

    [Theory]
    [InlineData("rows set 222222222201 --value 2 --yes")]
    [InlineData("rows delete 222222222201 --yes")]
    public async Task Ctrl_C_before_the_first_write_says_that_nothing_was_written(string command)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        using var interrupt = new CancellationTokenSource();
        local.Cloud.Faults.OnCalls(call =>
        {
            if (call.Operation == "Scan" && call.Caller.IsRoot) interrupt.Cancel(); // The tool's own: the functions scan when they like.
            return null;
        });
        var run = await local.RunAsync(terminal => terminal, interrupt.Token, command.Split(' '));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Matches("(?m)^Nothing was written\\.\n\\z", run.Error);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":1}""", row));
    }

    [Fact]
    public async Task Ctrl_C_at_the_question_ends_its_line()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        using var interrupt = new CancellationTokenSource();
        var run = await local.RunAsync(
            terminal => terminal with
            {
                Answers = true,
                In = new AnsweringStream(async () =>
                {
                    await interrupt.CancelAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, interrupt.Token);
                }),
            },
            interrupt.Token,
            "rows", "set", "--all", "--value", "2");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.EndsWith("Write 2 rows? [y/N] \nNothing was written.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_edit_prints_the_command_that_undoes_it()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var port = local.Cloud.Address!.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var run = await local.RunAsync("rows", "set", "--all", "--value", "2", "--yes", "--local", port);
        const string Begin = "To undo this: budgetsync ";
        var command = run.Error.Split('\n').Single(line => line.StartsWith(Begin, StringComparison.Ordinal))[Begin.Length..];
        Assert.Equal($"rows undo {local.EditFiles[0]} --local {port}", command);
        Assert.Equal(ExitCode.Done, (await local.RunAsync([.. command.Split(' '), "--yes"])).ExitCode);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":1}""", row));
    }

    [Fact]
    public async Task The_last_line_of_an_edit_tells_what_was_rejected()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var file = local.File("rows.csv", $"AccountId,BudgetValue\n{Keys[0]},2\n{Keys[1]},-2\n");
        var run = await local.RunAsync("rows", "import", file, "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.EndsWith("\n1 row written, 1 rejected.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_new_stands_whole_in_the_preview_of_a_long_list()
    {
        var many = string.Join(", ", Enumerable.Range(1, 5).Select(number => $"a-team-with-a-long-name-{number}@example.com"));
        await using var local = await EditedLocal.StartAsync(
            $$"""[{ "AccountId": "{{Keys[0]}}", "BudgetValue": 1, "EmailRecipients": "{{many}}" }]""");
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = new MemoryStream(Encoding.UTF8.GetBytes("n\n")) },
            CancellationToken.None,
            "rows", "set", Keys[0], "--add-email", "newcomer@example.com", "--remove-email", "a-team-with-a-long-name-5@example.com");
        Assert.Contains("; new: newcomer@example.com; gone: a-team-with-a-long-name-5@example.com\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_of_a_row_for_several_accounts_says_how_many_inherit_it()
    {
        await using var local = await EditedLocal.StartAsync("""
            [
              { "AccountId": "222222222201", "BudgetValue": 1, "Enabled": false },
              { "AccountId": "222222222202", "BudgetValue": 2 },
              { "AccountId": "default", "BudgetValue": 3 }
            ]
            """);
        var run = await local.RunAsync("rows", "set", "default", "--value", "4", "--yes");
        Assert.Matches(@"(?m)^    inherited by 2 of the 3 accounts it covers$", run.Out);
        Assert.DoesNotContain("inherited by", (await local.RunAsync("rows", "set", Keys[1], "--value", "5", "--yes")).Out, StringComparison.Ordinal);
    }
}
