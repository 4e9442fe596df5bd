using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>What an edit leaves behind it leads to its own rows only, once, and to their end.</summary>
public sealed class EditTrailTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(10, 4).Select(index => $"2222222222{index}")];

    /// <summary>Jane and John import the same rows at once: what each wrote is theirs to take back.</summary>
    [Fact]
    public async Task An_undo_leaves_rows_that_another_edit_made_the_same()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var (jane, john) = (local.File("jane.csv", Rows(Keys, 2)), local.File("john.csv", Rows(Keys[2..], 2)));
        var run = await local.RunAsync(
            terminal => terminal with
            {
                Answers = true,
                In = new AnsweringStream(() => local.RunAsync("rows", "import", john, "--yes", "--undo-file", local.File("john.jsonl"))),
            },
            CancellationToken.None,
            "rows",
            "import",
            jane,
            "--undo-file",
            local.File("jane.jsonl"));
        Assert.Contains("2 rows left as another edit wrote them meanwhile", run.Error, StringComparison.Ordinal);

        var undone = await local.RunAsync("rows", "undo", local.File("jane.jsonl"), "--yes");
        Assert.Equal(ExitCode.Failed, undone.ExitCode);
        Assert.Contains("it was edited since, last by", undone.Out, StringComparison.Ordinal);
        Assert.Equal(
            ["""{"BudgetValue":1}""", """{"BudgetValue":1}""", """{"BudgetValue":2}""", """{"BudgetValue":2}"""], (await local.RowsAsync()).Values);
    }

    [Fact]
    public async Task An_undo_without_a_file_takes_back_the_newest_edit_also_where_its_file_was_named()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        await local.RunAsync("rows", "set", Keys[1], "--value", "3", "--yes", "--undo-file", local.File("own.jsonl"));
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", "--yes")).ExitCode);
        var rows = await local.RowsAsync();
        Assert.Equal(("""{"BudgetValue":2}""", """{"BudgetValue":1}"""), (rows[Keys[0]], rows[Keys[1]]));
    }

    [Fact]
    public async Task A_relative_change_is_not_told_to_be_made_again_and_names_what_was_left()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        var run = await local.RunAsync(
            terminal => terminal with
            {
                Answers = true,
                In = new AnsweringStream(() => local.Local.EditAsync(Keys[1], "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } })),
            },
            CancellationToken.None,
            "rows",
            "set",
            "--all",
            "--value",
            "+100%");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.DoesNotContain("run the command again", run.Error, StringComparison.Ordinal);
        Assert.Contains($"To change only what was left: budgetsync rows set {Keys[1]} --value +100%", run.Error, StringComparison.Ordinal);
    }

    /// <summary>As after a kill: how many rows were written is not known.</summary>
    [Fact]
    public async Task A_relative_change_that_did_not_come_to_its_end_is_not_made_twice_by_the_same_command()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        string[] command = ["rows", "set", "--all", "--value", "+100%", "--yes"];
        Assert.Equal(ExitCode.Done, (await local.RunAsync(command)).ExitCode);
        Directory.Delete(Path.Combine(local.Edits, "written"), recursive: true);

        var again = await local.RunAsync(command);
        Assert.Equal(ExitCode.Failed, again.ExitCode);
        Assert.Contains($"To go on with it: budgetsync rows resume {local.EditFiles[0]};", again.Error, StringComparison.Ordinal);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":2}""", row));
        Assert.Equal(ExitCode.Done, (await local.RunAsync([.. command, "--because", "once more"])).ExitCode);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":4}""", row));
    }

    /// <summary>An import that was ended while it waited had written all rows: what goes on with it waits for them.</summary>
    [Fact]
    public async Task What_goes_on_with_an_edit_waits_for_what_that_had_written()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", local.File("rows.csv", Rows(Keys, 2)), "--yes")).ExitCode);
        var resumed = await local.RunAsync("rows", "resume", local.EditFiles[0], "--yes", "--wait");
        Assert.Equal(ExitCode.Done, resumed.ExitCode);
        Assert.Contains("Nothing was written.", resumed.Error, StringComparison.Ordinal);
        Assert.Contains("4 of 4 accounts applied.", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_were_lost_to_another_edit_are_told_although_the_edit_is_interrupted()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        using var interrupt = new CancellationTokenSource();
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = new AnsweringStream(EditAndInterruptAsync) },
            interrupt.Token,
            "rows",
            "import",
            local.File("rows.csv", Rows(Keys, 2)));
        Assert.Contains("Interrupted: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{Keys[0]}: its row was edited meanwhile", run.Error, StringComparison.Ordinal);

        async Task EditAndInterruptAsync()
        {
            await local.Local.EditAsync(Keys[0], "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } });
            local.Cloud.Faults.OnCalls(call =>
            {
                // Once the other's row was found so: by its key, as the tool reads it to tell who wrote it.
                if (call.Operation == "GetItem" && call.Input.ToJsonString().Contains(Keys[0], StringComparison.Ordinal)) interrupt.Cancel();
                return call.Operation == "UpdateItem" && call.Input.ToJsonString().Contains(Keys[3], StringComparison.Ordinal)
                    ? new Fault.Refusal(new AwsException("AccessDeniedException", "no more"))
                    : null;
            });
        }
    }

    private static string Rows(IEnumerable<string> keys, int value) => "AccountId,BudgetValue\n" + string.Concat(keys.Select(key => $"{key},{value}\n"));
}
