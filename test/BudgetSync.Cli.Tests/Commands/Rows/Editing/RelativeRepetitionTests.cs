using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>
/// Regression: a relative change that was interrupted was made twice where the second command was not the very same text, or another edit lay between.
/// </summary>
public sealed class RelativeRepetitionTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(1, 5).Select(index => $"22222222220{index}")];

    [Theory]
    [InlineData("rows set --all --value +100% --yes", false)]
    [InlineData("rows set --value +100% --all --yes", false)]
    [InlineData("rows set --all --value +100% --yes --wait", false)]
    [InlineData("rows set --all --value +50 --yes", false)]
    [InlineData("rows set --all --value +100%", false)]
    [InlineData("rows set --all --value +100% --yes", true)]
    public async Task A_relative_change_that_was_interrupted_is_refused_however_it_is_typed(string command, bool other)
    {
        await using var local = await InterruptedAsync();
        var first = local.EditFiles[0];
        if (other) Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", Keys[4], "--email", "other@b.c", "--yes")).ExitCode);
        var before = await local.RowsAsync();
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = new MemoryStream(Encoding.UTF8.GetBytes("y\n")) },
            CancellationToken.None,
            command.Split(' '));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"To go on with it: budgetsync rows resume {first}", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains($"to go back: budgetsync rows undo {first}", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(before, await local.RowsAsync());
    }

    [Theory]
    [InlineData("resume", 8)]
    [InlineData("undo", 4)]
    public async Task It_may_be_made_once_more_when_the_first_was_gone_on_with_or_back_from(string way, int value)
    {
        await using var local = await InterruptedAsync();
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", way, local.EditFiles[0], "--yes")).ExitCode);
        // The same change, so that what was typed is another command.
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", "--value", "+100%", "--all", "--yes")).ExitCode);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal($$"""{"BudgetValue":{{value}}}""", row));
    }

    [Fact]
    public async Task An_amount_itself_and_rows_that_it_had_not_reached_are_not_refused()
    {
        await using var local = await InterruptedAsync();
        var reached = (await local.RowsAsync()).Where(row => row.Value.Contains(":4", StringComparison.Ordinal)).Select(row => row.Key).ToList();
        Assert.InRange(reached.Count, 1, Keys.Length - 1);
        var rest = Keys.Except(reached).First();
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", rest, "--value", "+1", "--yes")).ExitCode);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", reached[0], "--value", "9", "--yes")).ExitCode);
        Assert.Equal(ExitCode.Failed, (await local.RunAsync("rows", "set", reached[0], "--value", "+1", "--yes")).ExitCode);
        // Another reason says that it is meant once more.
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", reached[0], "--value", "+1", "--yes", "--because", "once more")).ExitCode);
    }

    /// <summary>Five rows of 2, of which a command was to double each, and was interrupted at its third write.</summary>
    private static async Task<EditedLocal> InterruptedAsync()
    {
        var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys).Replace("\"BudgetValue\": 1", "\"BudgetValue\": 2", StringComparison.Ordinal));
        var writes = 0;
        local.Cloud.Faults.OnCalls(call => EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) >= 3
            ? new LocalAws.Kernel.Fault.Refusal(new LocalAws.Kernel.AwsException("AccessDeniedException", "no more"))
            : null);
        Assert.Equal(ExitCode.Failed, (await local.RunAsync("rows", "set", "--all", "--value", "+100%", "--yes")).ExitCode);
        local.Cloud.Faults.Reset();
        return local;
    }
}
