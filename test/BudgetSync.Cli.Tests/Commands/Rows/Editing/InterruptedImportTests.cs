using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>An import that ends at any of its writes, in any way, and is run again: nothing is lost and nothing is doubled.</summary>
public sealed class InterruptedImportTests
{
    private const int Count = 8;
    private static readonly string[] Keys = [.. Enumerable.Range(10, Count).Select(index => $"2222222222{index}")];

    /// <summary>Half of the rows are there already and change, the others come; one that the file does not name stays.</summary>
    private static readonly string Rows = EditedLocal.RowsOf(Keys.Take(Count / 2).Append("222222222299"));

    private static readonly string File = "AccountId,BudgetValue\n" + string.Concat(Keys.Select((key, index) => $"{key},{index + 2}\n"));

    [Fact]
    public async Task Ctrl_C_at_any_write_leaves_whole_rows_and_says_how_to_go_on()
    {
        for (var number = 1; number <= Count; number++)
        {
            await using var local = await EditedLocal.StartAsync(Rows);
            var before = await local.RowsAsync();
            using var interrupt = new CancellationTokenSource();
            var writes = 0;
            local.Cloud.Faults.OnCalls(call =>
            {
                if (EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) == number) interrupt.Cancel();
                return null;
            });
            var run = await local.RunAsync(terminal => terminal, interrupt.Token, "rows", "import", local.File("rows.csv", File), "--yes");
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains($"To go on: budgetsync rows resume {local.EditFiles[0]} --yes\n", run.Error, StringComparison.Ordinal);
            Assert.Contains($"To go back: budgetsync rows undo {local.EditFiles[0]} --yes\n", run.Error, StringComparison.Ordinal);
            await AllRowsAreWholeAsync(local, before);

            // As the line that was printed says.
            local.Cloud.Faults.Reset();
            var resumed = await local.RunAsync("rows", "resume", local.EditFiles[0], "--yes");
            Assert.Equal(ExitCode.Done, resumed.ExitCode);
            await EverythingIsThereAsync(local);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_at_any_write_loses_nothing_and_doubles_nothing(bool afterEffect)
    {
        for (var number = 1; number <= Count; number++)
        {
            await using var local = await EditedLocal.StartAsync(Rows);
            var writes = 0;
            Fault fault = afterEffect ? new Fault.ResponseLoss() : new Fault.RequestLoss();
            local.Cloud.Faults.OnCalls(call => EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) == number ? fault : null);
            var run = await local.RunAsync("rows", "import", local.File("rows.csv", File), "--yes");
            Assert.Equal((ExitCode.Done, false), (run.ExitCode, run.Error.Contains("meanwhile", StringComparison.Ordinal)));
            Assert.Contains($"{Count} rows written.", run.Error, StringComparison.Ordinal);
            await EverythingIsThereAsync(local);
        }
    }

    [Fact]
    public async Task A_table_that_refuses_from_any_write_on_is_told_and_the_same_import_ends_the_work()
    {
        for (var number = 1; number <= Count; number++)
        {
            await using var local = await EditedLocal.StartAsync(Rows);
            var before = await local.RowsAsync();
            var writes = 0;
            local.Cloud.Faults.OnCalls(call => EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) >= number
                ? new Fault.Refusal(new AwsException("AccessDeniedException", "no more"))
                : null);
            var run = await local.RunAsync("rows", "import", local.File("rows.csv", File), "--yes");
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains("To go on: ", run.Error, StringComparison.Ordinal);
            await AllRowsAreWholeAsync(local, before);

            local.Cloud.Faults.Reset();
            var written = !before.SequenceEqual(await local.RowsAsync());
            var again = await local.RunAsync("rows", "import", local.File("rows.csv"), "--yes");
            Assert.Equal(ExitCode.Done, again.ExitCode);
            Assert.Equal(written, again.Error.ReplaceLineEndings(" ").Contains("one 'rows undo' takes back both", StringComparison.Ordinal));
            await EverythingIsThereAsync(local);

            // To the person it was one edit: it is undone as one.
            Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", "--yes")).ExitCode);
            Assert.Equal(before, await local.RowsAsync());
        }
    }

    [Fact]
    public async Task Another_edit_after_an_interrupted_one_says_how_that_is_undone_and_stays_another()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var writes = 0;
        local.Cloud.Faults.OnCalls(call => EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) >= 3
            ? new Fault.Refusal(new AwsException("AccessDeniedException", "no more"))
            : null);
        Assert.Equal(ExitCode.Failed, (await local.RunAsync("rows", "import", local.File("rows.csv", File), "--yes")).ExitCode);
        local.Cloud.Faults.Reset();
        var first = Assert.Single(local.EditFiles);
        var other = await local.RunAsync("rows", "set", "222222222299", "--value", "3", "--yes");
        Assert.Contains($"what that had written is taken back by budgetsync rows undo {first}", other.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", "--yes")).ExitCode);
        var rows = await local.RowsAsync();
        Assert.Equal("""{"BudgetValue":1}""", rows["222222222299"]);
        Assert.Contains(Keys, key => rows.TryGetValue(key, out var row) && row == Wanted(key));
    }

    [Fact]
    public async Task A_process_killed_at_any_write_leaves_whole_rows_and_a_file_that_goes_both_ways()
    {
        for (var number = 1; number <= Count; number++)
        {
            await using var local = await EditedLocal.StartAsync(Rows);
            var before = await local.RowsAsync();
            using var process = local.Start("rows", "import", local.File("rows.csv", File), "--yes");
            var writes = 0;
            local.Cloud.Faults.OnCalls(call =>
            {
                if (EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) == number) process.Kill();
                return null;
            });
            await process.WaitForExitAsync();
            local.Cloud.Faults.Reset();
            await local.Cloud.Work.WhenIdleAsync();
            await AllRowsAreWholeAsync(local, before);

            // Back and forth again, from the file that the dead process left behind.
            var undone = await local.RunAsync("rows", "undo", Assert.Single(local.EditFiles), "--yes");
            Assert.True(undone.ExitCode == ExitCode.Done, undone.Out + undone.Error);
            Assert.Equal(before, await local.RowsAsync());
            Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", local.File("rows.csv"), "--yes")).ExitCode);
            await EverythingIsThereAsync(local);
        }
    }

    [Fact]
    public async Task A_relative_change_that_was_interrupted_is_not_made_twice()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        using var interrupt = new CancellationTokenSource();
        var writes = 0;
        local.Cloud.Faults.OnCalls(call =>
        {
            if (EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) == 3) interrupt.Cancel();
            return null;
        });
        await local.RunAsync(terminal => terminal, interrupt.Token, "rows", "set", "--all", "--value", "+100%", "--yes");
        local.Cloud.Faults.Reset();
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "resume", local.EditFiles[0], "--yes", "--wait")).ExitCode);
        Assert.All((await local.RowsAsync()).Values, row => Assert.Equal("""{"BudgetValue":2}""", row));
    }

    private static async Task AllRowsAreWholeAsync(EditedLocal local, SortedDictionary<string, string> before)
    {
        var rows = await local.RowsAsync();
        Assert.All(before.Keys, key => Assert.Contains(key, rows.Keys));
        Assert.All(rows, row => Assert.Contains(row.Value, new[] { before.GetValueOrDefault(row.Key), Wanted(row.Key) }));
    }

    private static async Task EverythingIsThereAsync(EditedLocal local)
    {
        var rows = await local.RowsAsync();
        Assert.Equal([.. Keys, "222222222299"], rows.Keys);
        Assert.All(Keys, key => Assert.Equal(Wanted(key), rows[key]));
        Assert.Equal("""{"BudgetValue":1}""", rows["222222222299"]);
    }

    private static string? Wanted(string key) => Array.IndexOf(Keys, key) is >= 0 and var index ? $$"""{"BudgetValue":{{index + 2}}}""" : null;
}
