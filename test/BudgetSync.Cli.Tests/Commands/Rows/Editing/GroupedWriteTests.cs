using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;
using BudgetSync.LocalAws.DynamoDb;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

/// <summary>
/// A large edit is written in transactions of rows, and whatever comes between, each row is told and treated as if it had been written by itself.
/// </summary>
public sealed class GroupedWriteTests
{
    private const int Count = 30;
    private static readonly string[] Keys = [.. Enumerable.Range(10, Count).Select(index => $"2222222222{index}")];

    /// <summary>Half of the rows are there already and change, the others come.</summary>
    private static readonly string Rows = EditedLocal.RowsOf(Keys.Where((_, index) => index % 2 == 0));

    private static readonly string File = "AccountId,BudgetValue\n" + string.Concat(Keys.Select((key, index) => $"{key},{(index % 5) + 2}\n"));

    [Fact]
    public async Task Thirty_rows_take_two_writes()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var writes = new List<string>();
        local.Cloud.Faults.OnCalls(call =>
        {
            if (EditedLocal.IsRowWrite(call)) lock (writes) writes.Add(call.Operation);
            return null;
        });
        var run = await local.RunAsync("rows", "import", local.File("rows.csv", File), "--yes");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("30 rows written.", run.Error, StringComparison.Ordinal);
        Assert.Equal(["TransactWriteItems", "TransactWriteItems"], writes);
        await EverythingIsThereAsync(local);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_breaks_at_any_group_loses_nothing_and_doubles_nothing(bool afterEffect)
    {
        for (var number = 1; number <= 2; number++)
        {
            await using var local = await EditedLocal.StartAsync(Rows);
            var writes = 0;
            Fault fault = afterEffect ? new Fault.ResponseLoss() : new Fault.RequestLoss();
            local.Cloud.Faults.OnCalls(call => EditedLocal.IsRowWrite(call) && Interlocked.Increment(ref writes) == number ? fault : null);
            var run = await local.RunAsync("rows", "import", local.File("rows.csv", File), "--yes");
            Assert.Equal((ExitCode.Done, false), (run.ExitCode, run.Error.Contains("meanwhile", StringComparison.Ordinal)));
            Assert.Contains("30 rows written.", run.Error, StringComparison.Ordinal);
            await EverythingIsThereAsync(local);
        }
    }

    [Fact]
    public async Task A_process_killed_at_any_group_leaves_whole_rows_and_a_file_that_goes_both_ways()
    {
        for (var number = 1; number <= 2; number++)
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
            Assert.All(await local.RowsAsync(), row => Assert.Contains(row.Value, new[] { before.GetValueOrDefault(row.Key), Wanted(row.Key) }));
            var undone = await local.RunAsync("rows", "undo", Assert.Single(local.EditFiles), "--yes");
            Assert.True(undone.ExitCode == ExitCode.Done, undone.Out + undone.Error);
            Assert.Equal(before, await local.RowsAsync());
            Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", local.File("rows.csv"), "--yes")).ExitCode);
            await EverythingIsThereAsync(local);
        }
    }

    /// <summary>One row of a group that another edit took costs the others of the group nothing.</summary>
    [Fact]
    public async Task A_row_edited_meanwhile_is_left_and_the_others_of_its_group_are_written()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        var other = Keys[2];
        var run = await local.RunAsync(
            terminal => terminal with
            {
                Answers = true,
                In = new AnsweringStream(() => local.Local.EditAsync(other, "SET BudgetValue = :v", new() { [":v"] = new() { N = "7777" } })),
            },
            CancellationToken.None,
            "rows",
            "import",
            local.File("rows.csv", File));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"{other}: its row was edited meanwhile", run.Error, StringComparison.Ordinal);
        Assert.Contains("29 rows written.", run.Error, StringComparison.Ordinal);
        var rows = await local.RowsAsync();
        Assert.All(Keys, key => Assert.Equal(key == other ? """{"BudgetValue":7777}""" : Wanted(key), rows[key]));
    }

    /// <summary>Another transaction on one of the rows cancels the group, whose rows are then written one by one (API reference, TransactWriteItems).</summary>
    [Fact]
    public async Task A_group_that_meets_another_transaction_is_written_row_by_row()
    {
        await using var local = await EditedLocal.StartAsync(Rows);
        local.Cloud.Faults.OnCalls(call =>
            call.Operation == "TransactWriteItems" ? new Fault.Refusal(TransactionConflict.Of(1, call.Input["TransactItems"]!.AsArray().Count)) : null);
        var run = await local.RunAsync("rows", "import", local.File("rows.csv", File), "--yes");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("30 rows written.", run.Error, StringComparison.Ordinal);
        await EverythingIsThereAsync(local);
    }

    [Theory]
    [InlineData(25, 10, new[] { 1, 1, 1 })]
    [InlineData(26, 10, new[] { 25, 1 })]
    [InlineData(26, 300_000, new[] { 3, 3, 3 })]
    public void A_group_has_as_many_rows_as_a_quarter_of_a_transaction_takes(int rows, int bytes, int[] first)
    {
        var wave = Enumerable.Range(0, rows).Select(index =>
        {
            var key = $"2222222222{index + 10}";
            var note = ImmutableSortedDictionary<string, RowValue>.Empty.Add("x-note", new RowValue.Text(new string('a', bytes)));
            return new RowChange(key, "", RowChangeKind.Added, null, new RowImage(new(note)), []);
        });
        Assert.Equal(first, WriteGroup.Split([.. wave]).Take(first.Length).Select(group => group.Length));
    }

    private static async Task EverythingIsThereAsync(EditedLocal local)
    {
        var rows = await local.RowsAsync();
        Assert.Equal(Keys, rows.Keys);
        Assert.All(Keys, key => Assert.Equal(Wanted(key), rows[key]));
    }

    private static string Wanted(string key) => $$"""{"BudgetValue":{{(Array.IndexOf(Keys, key) % 5) + 2}}}""";
}
