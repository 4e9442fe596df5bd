namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>Files of edits that went another way than straight: found by an attack on the tool.</summary>
public sealed class UndoTests
{
    private static readonly string[] Keys = ["222222222201", "222222222202"];

    [Fact]
    public async Task Edits_are_taken_back_one_after_the_other()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes", "--because", "first", "--undo-file", local.File("first.jsonl"));
        await local.RunAsync("rows", "set", Keys[0], "--value", "3", "--yes", "--because", "second", "--undo-file", local.File("second.jsonl"));

        var second = await local.RunAsync("rows", "undo", local.File("second.jsonl"), "--yes");
        var first = await local.RunAsync("rows", "undo", local.File("first.jsonl"), "--yes");

        Assert.True((second.ExitCode, first.ExitCode) == (ExitCode.Done, ExitCode.Done), second.Error + first.Out + first.Error);
        Assert.Contains("\"BudgetValue\": 1", (await local.RunAsync("rows", "get", Keys[0], "--json")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"form":5}""")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task A_file_that_was_cut_off_hides_no_other(string broken)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        await File.WriteAllTextAsync(Path.Combine(local.Edits, "99991231T000000Z.jsonl"), broken);

        var listed = await local.RunAsync("rows", "undo", "--list");
        Assert.Contains("rows set 222222222201", listed.Out, StringComparison.Ordinal);
        Assert.Contains("99991231T000000Z.jsonl: is no file that an edit of this tool left behind", listed.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", "--yes")).ExitCode);
        var named = await local.RunAsync("rows", "undo", Path.Combine(local.Edits, "99991231T000000Z.jsonl"), "--yes");
        Assert.DoesNotContain("a fault of this tool", named.Error, StringComparison.Ordinal);
    }
}
