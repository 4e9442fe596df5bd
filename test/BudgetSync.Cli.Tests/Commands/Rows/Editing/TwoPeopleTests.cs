using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class TwoPeopleTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(10, 40).Select(index => $"2222222222{index}")];

    [Fact]
    public async Task Of_two_imports_at_once_each_row_ends_as_one_of_them_wrote_it_and_both_are_told_of_what_they_lost()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys));
        // Each writes in its own order, and neither begins before the other has read the table and shown its plan.
        var (one, two) = (local.File("one.csv", Rows(Keys, 2)), local.File("two.csv", Rows(Keys.Reverse(), 3)));
        using var both = new SemaphoreSlim(0);
        var runs = await Task.WhenAll(Answered(local, one, "jane", both), Answered(local, two, "john", both));
        var rows = await local.ImagesAsync();
        var byJane = rows.Where(row => RowProvenance.Of(row).Reason == "jane").Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var value = RowValueText.Plain(row.Attributes["BudgetValue"]);
            Assert.Equal(byJane.Contains(row.Key) ? ("jane", "2") : ("john", "3"), (RowProvenance.Of(row).Reason, value));
        }

        // Whoever lost a row was told so by its key, and nobody of a row that they wrote.
        Assert.Equal(Keys.Except(byJane), Told(runs[0]));
        Assert.Equal(Keys.Intersect(byJane), Told(runs[1]));
        Assert.All(runs, run => Assert.Equal(Told(run).Count == 0 ? ExitCode.Done : ExitCode.Failed, run.ExitCode));
        Assert.Equal(Keys.Length, runs.Sum(run => Told(run).Count));
    }

    /// <summary>Half of the table is as the file says: those rows get no write, and so no condition of a write holds them.</summary>
    [Fact]
    public async Task An_import_tells_of_rows_too_that_were_as_it_wanted_them_until_another_edit_came()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys.Take(4)));
        var file = local.File("one.csv", $"AccountId,BudgetValue\n{Keys[0]},1\n{Keys[1]},1\n{Keys[2]},2\n{Keys[3]},2\n");
        var run = await local.RunAsync(
            terminal => terminal with { Answers = true, In = new AnsweringStream(MeanwhileAsync) },
            CancellationToken.None,
            "rows", "import", file);
        async Task MeanwhileAsync() =>
            Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "set", Keys[0], Keys[2], "--value", "9", "--yes")).ExitCode);
        Assert.Equal([Keys[0], Keys[2]], Told(run).Order());
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("2 rows left as another edit wrote them meanwhile", run.Error, StringComparison.Ordinal);
        var rows = await local.RowsAsync();
        Assert.Equal([9, 1, 9, 2], Keys.Take(4).Select(key => int.Parse(rows[key][15..^1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Undo_leaves_and_tells_rows_that_somebody_edited_since()
    {
        await using var local = await EditedLocal.StartAsync(EditedLocal.RowsOf(Keys.Take(3)));
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "import", local.File("rows.csv", Rows(Keys.Take(4), 2)), "--yes")).ExitCode);
        await local.Local.EditAsync(Keys[1], "SET BudgetValue = :v", new() { [":v"] = new() { N = "5" } });
        var run = await local.RunAsync("rows", "undo", "--yes", "--wait");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("- it was edited since", run.Out, StringComparison.Ordinal);
        var rows = await local.RowsAsync();
        Assert.Equal(
            [(Keys[0], """{"BudgetValue":1}"""), (Keys[1], """{"BudgetValue":5}"""), (Keys[2], """{"BudgetValue":1}""")],
            rows.Select(row => (row.Key, row.Value)));
        Assert.Equal(2, local.EditFiles.Count);
        // An undo is an edit like any other: it can be undone.
        Assert.Equal(ExitCode.Done, (await local.RunAsync("rows", "undo", "--yes")).ExitCode);
        Assert.Equal("""{"BudgetValue":2}""", (await local.RowsAsync())[Keys[3]]);
    }

    [Fact]
    public async Task The_edits_that_can_be_undone_are_listed_with_who_when_and_why()
    {
        await using var local = await EditedLocal.StartAsync($$"""[{ "AccountId": "{{Keys[0]}}", "BudgetValue": 1 }]""");
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--because", "a word", "--yes");
        var list = await local.RunAsync("rows", "undo", "--list");
        Assert.StartsWith(local.EditFiles[0], list.Out, StringComparison.Ordinal);
        Assert.Contains("BudgetSync-Budgets of 999999999999 in us-east-1  by arn:aws:iam::999999999999:root", list.Out, StringComparison.Ordinal);
        Assert.Contains($"budgetsync rows set {Keys[0]} --value 2 --because 'a word' --yes  (a word)", list.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "is no file that an edit")]
    [InlineData("", "is no file that an edit")]
    [InlineData("AccountId\n1", "is no file that an edit")]
    [InlineData("HEADER\n{\"before\":null,\"af", "is not as the edit left it")]
    [InlineData("HEADER\n{\"before\":null}", "is not as the edit left it")]
    public async Task A_file_that_no_edit_left_or_that_was_cut_off_is_refused_whole(string text, string problem)
    {
        await using var local = await EditedLocal.StartAsync($$"""[{ "AccountId": "{{Keys[0]}}", "BudgetValue": 1 }]""");
        await local.RunAsync("rows", "set", Keys[0], "--value", "2", "--yes");
        var header = (await File.ReadAllLinesAsync(local.EditFiles[0]))[0];
        var run = await local.RunAsync("rows", "undo", local.File("other.jsonl", text.Replace("HEADER", header, StringComparison.Ordinal)), "--yes");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    private static Task<ToolResult> Answered(EditedLocal local, string file, string who, SemaphoreSlim both) => local.RunAsync(
        terminal => terminal with { Answers = true, In = new AnsweringStream(() => MeetAsync(both)) },
        CancellationToken.None,
        "rows", "import", file, "--because", who);

    /// <summary>The first waits for the second, and the second lets both go.</summary>
    private static async Task MeetAsync(SemaphoreSlim both)
    {
        if (Interlocked.Increment(ref waiting) % 2 == 0) both.Release();
        else await both.WaitAsync();
    }

    private static int waiting;

    private static List<string> Told(ToolResult run) =>
        [.. run.Error.Split('\n').Where(line => line.Contains("its row was edited meanwhile", StringComparison.Ordinal)).Select(line => line[..12])];

    private static string Rows(IEnumerable<string> keys, int value) => "AccountId,BudgetValue\n" + string.Concat(keys.Select(key => $"{key},{value}\n"));
}
