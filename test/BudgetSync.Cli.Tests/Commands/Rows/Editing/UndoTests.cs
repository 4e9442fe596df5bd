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

    [Fact]
    public async Task A_file_changed_by_hand_or_cut_off_is_not_believed()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", "--all", "--value", "2", "--yes");
        var file = local.EditFiles[0];
        var whole = await File.ReadAllTextAsync(file);
        string[] others =
        [
            whole.Replace("\"N\":\"1\"", "\"N\":\"9\"", StringComparison.Ordinal), whole[..^20], whole[..^1], whole + "\n",
            string.Join('\n', whole.TrimEnd('\n').Split('\n')[..^1]) + "\n"
        ];
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(file, other);
            var run = await local.RunAsync("rows", "undo", file, "--yes");
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains("is not as the edit left it", run.Error, StringComparison.Ordinal);
        }

        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":2}""", row));
        await File.WriteAllTextAsync(file, whole);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", file, "--yes")).ExitCode);
    }

    [Theory]
    [InlineData("""{"before":null,"after":null}""", "it is of no row, or of two")]
    [InlineData("""{"before":{"AccountId":{"S":"222222222201"}},"after":{"AccountId":{"S":"222222222202"}}}""", "it is of no row, or of two")]
    [InlineData("""{"before":{"AccountId":{"S":"222222222201"},"AccountId":{"S":"222222222201"}},"after":null}""", "stands 2 times in one object")]
    [InlineData("""{"before":null,"after":{"AccountId":{"S":"222222222202"},"BudgetValue":{"N":"5"}}}""", "\"222222222202\" stands in line 2 too")]
    public async Task A_file_with_a_right_checksum_and_a_wrong_line_writes_nothing(string line, string problem)
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[1], "--value", "2", "--yes");
        await SignAsync(local.EditFiles[0], line);
        var run = await local.RunAsync("rows", "undo", local.EditFiles[0], "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("line 3: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Contains("No row was written.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_undo_would_write_keeps_the_rules_of_rows()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[1], "--value", "2", "--yes");
        await SignAsync(local.EditFiles[0], """
            {"before":{"AccountId":{"S":"222222222201"},"BudgetValue":{"N":"-5"}},"after":{"AccountId":{"S":"222222222201"},"BudgetValue":{"N":"1"}}}
            """);
        var run = await local.RunAsync("rows", "undo", local.EditFiles[0], "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("222222222201  rejected", run.Out, StringComparison.Ordinal);
        Assert.Equal("""{"BudgetValue":1}""", (await local.RowsAsync())[Keys[0]]);
    }

    [Fact]
    public async Task A_second_undo_takes_the_first_one_back_and_says_so()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", "--all", "--value", "2", "--yes", "--because", "a launch");
        Assert.Contains("2 rows: 2 changed; not undone", (await local.RunAsync("rows", "undo", "--list")).Out, StringComparison.Ordinal);

        var first = await local.RunAsync("rows", "undo", "--yes");
        Assert.Contains("An undo is an edit too: the next 'rows undo' takes this one back.", first.Error, StringComparison.Ordinal);
        var names = local.EditFiles.Select(Path.GetFileName).ToArray();
        var listed = (await local.RunAsync("rows", "undo", "--list")).Out;
        Assert.Contains($"2 rows: 2 changed; undone by {names[1]}", listed, StringComparison.Ordinal);
        Assert.Contains($"2 rows: 2 changed; undoes {names[0]}; not undone", listed, StringComparison.Ordinal);

        var second = await local.RunAsync("rows", "undo", "--yes");
        Assert.Contains("That edit was an undo itself", second.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":2}""", row));
        Assert.Contains("(a launch)\n  2 rows: 2 changed; not undone", (await local.RunAsync("rows", "undo", "--list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_name_is_looked_up_in_the_folder_of_edits()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        await local.RunAsync("rows", "set", Keys[1], "--value", "2", "--yes");
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", Path.GetFileName(local.EditFiles[0]), "--yes")).ExitCode);
        Assert.Equal(["""{"BudgetValue":1}""", """{"BudgetValue":2}"""], (await local.RowsAsync()).Values);
    }

    [Fact]
    public async Task A_row_that_another_edit_wrote_since_is_left_and_not_rejected()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", "--all", "--value", "2", "--yes", "--undo-file", local.File("first.jsonl"));
        await local.RunAsync("rows", "set", Keys[0], "--value", "3", "--yes");
        var run = await local.RunAsync("rows", "undo", local.File("first.jsonl"), "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("222222222201  left\n    - it was edited since", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 rows: 1 changed, 1 left.", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("rejected", run.Out + run.Error, StringComparison.Ordinal);
    }

    /// <summary>Puts a line before the last one, and the checksum right.</summary>
    private static async Task SignAsync(string file, string line)
    {
        var lines = (await File.ReadAllTextAsync(file)).TrimEnd('\n').Split('\n');
        var text = string.Concat(lines[..^1].Append(line.Trim()).Select(each => each + "\n"));
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        await File.WriteAllTextAsync(file, text + $$"""{"sha256":"{{sum}}"}""" + "\n");
    }
}
