namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>Edits that were interrupted and gone on with, and edits of more than one stack: found by a newcomer who pressed Ctrl+C twice.</summary>
public sealed class UndoChainTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(100, 150).Select(index => $"222222222{index}")];

    private static readonly string File = "AccountId,BudgetValue\n" + string.Concat(Keys.Select(key => $"{key},2\n"));

    [Fact]
    public async Task The_way_back_after_a_second_Ctrl_C_takes_back_both_parts()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var first = await InterruptedAsync(local, "rows", "import", local.File("rows.csv", File), "--yes");
        var edit = Assert.Single(local.EditFiles);
        Assert.Contains(" of 150 rows written", first.Error, StringComparison.Ordinal);

        var second = await InterruptedAsync(local, "rows", "resume", edit, "--yes");
        Assert.Equal(2, local.EditFiles.Count);
        var back = second.Error.Split('\n').Single(line => line.StartsWith("To go back: ", StringComparison.Ordinal));
        Assert.Equal($"To go back: budgetsync rows undo {edit} --yes", back);
        Assert.Contains($"To go on: budgetsync rows resume {edit} --yes", second.Error, StringComparison.Ordinal);
        Assert.Contains("""{"BudgetValue":2}""", (await local.RowsAsync()).Values);

        Assert.Equal(ExitCode.Done, (await local.RunAsync([.. back.Split(' ').Skip(4)])).ExitCode);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":1}""", row));
    }

    [Fact]
    public async Task An_undo_without_a_file_takes_back_an_edit_that_was_gone_on_with_as_a_whole()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await InterruptedAsync(local, "rows", "import", local.File("rows.csv", File), "--yes");
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "resume", local.EditFiles[0], "--yes")).ExitCode);
        var names = local.EditFiles.Select(Path.GetFileName).ToArray();

        var undone = await local.RunAsync("rows", "undo", "--yes");
        Assert.True(undone.ExitCode == ExitCode.Done, undone.Error);
        Assert.Contains($"{names[1]} went on with it: the rows of both are taken back", undone.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":1}""", row));
        var listed = (await local.RunAsync("rows", "undo", "--list")).Out;
        Assert.DoesNotContain("; not undone", listed.Replace($"undoes {names[0]}; not undone", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_of_all_stacks_or_of_the_one_that_is_named()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", Keys[0], "--value", "7", "--yes")).ExitCode);
        var name = Path.GetFileName(local.EditFiles[0]);
        var place = local.Environment["AWS_ENDPOINT_URL"];
        foreach (var words in new string[][] { [], ["--endpoint-url", place], ["--region", "us-east-1"], ["--budgets-table", "BudgetSync-Budgets"] })
            Assert.Contains(name, (await local.RunAsync(["rows", "undo", "--list", .. words])).Out, StringComparison.Ordinal);
        foreach (var words in new string[][] { ["--local", "1"], ["--region", "eu-west-1"], ["--budgets-table", "Other"] })
        {
            var run = await local.RunAsync(["rows", "undo", "--list", .. words]);
            Assert.DoesNotContain(name, run.Out, StringComparison.Ordinal);
            Assert.Contains("None of the 1 edit made on this machine is of that stack; 'rows undo --list' has all.", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_tells_how_many_rows_an_interrupted_edit_wrote()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var run = await InterruptedAsync(local, "rows", "import", local.File("rows.csv", File), "--yes");
        var written = run.Error.Split('\n').Single(line => line.StartsWith("Interrupted: ", StringComparison.Ordinal)).Split(' ')[1];
        var listed = (await local.RunAsync("rows", "undo", "--list")).Out;
        Assert.Contains($"{written} of 150 rows written (planned: 150 changed); not undone", listed, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(local.Edits, "written"), recursive: true);
        listed = (await local.RunAsync("rows", "undo", "--list")).Out;
        Assert.Contains("150 rows planned: 150 changed; how many were written is not known; not undone", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_undo_without_a_file_takes_the_newest_edit_of_the_stack_it_speaks_to()
    {
        await using var one = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys[..2]));
        await using var other = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys[..2]));
        var there = new Dictionary<string, string>(other.Environment) { ["BUDGETSYNC_HOME"] = one.Edits };
        await one.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        await Tool.RunAsync(there, "rows", "set", Keys[0], "--value", "3", "--yes");

        var listed = (await one.RunAsync("rows", "undo", "--list")).Out;
        Assert.Contains($"  at {one.Environment["AWS_ENDPOINT_URL"].TrimEnd('/')}\n", listed, StringComparison.Ordinal);
        Assert.Contains($"  at {there["AWS_ENDPOINT_URL"].TrimEnd('/')}\n", listed, StringComparison.Ordinal);
        var undone = await one.RunAsync("rows", "undo", "--yes");
        Assert.True(undone.ExitCode == ExitCode.Done, undone.Error);
        Assert.Equal("""{"BudgetValue":1}""", (await one.RowsAsync())[Keys[0]]);
        Assert.Equal("""{"BudgetValue":3}""", (await other.RowsAsync())[Keys[0]]);

        await using var third = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys[..2]));
        var none = await Tool.RunAsync(new Dictionary<string, string>(third.Environment) { ["BUDGETSYNC_HOME"] = one.Edits }, "rows", "undo", "--yes");
        Assert.Equal(ExitCode.Failed, none.ExitCode);
        Assert.Contains("'rows undo --list' shows those of other places", none.Error, StringComparison.Ordinal);
    }

    private static async Task<ToolResult> InterruptedAsync(EditedLocal local, params string[] arguments)
    {
        using var interrupt = new CancellationTokenSource();
        local.Cloud.Faults.OnCalls(call =>
        {
            if (EditedLocal.IsRowWrite(call)) interrupt.Cancel();
            return null;
        });
        var run = await local.RunAsync(terminal => terminal, interrupt.Token, arguments);
        local.Cloud.Faults.Reset();
        Assert.Contains("Interrupted: ", run.Error, StringComparison.Ordinal);
        return run;
    }
}
