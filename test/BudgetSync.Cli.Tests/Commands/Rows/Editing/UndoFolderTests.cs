using BudgetSync.Cli.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class UndoFolderTests
{
    [Theory]
    [InlineData("yesterday.jsonl")]
    [InlineData("nowhere/yesterday.jsonl")]
    public void A_file_that_is_not_there_says_where_those_are_that_can_be_taken_back(string file)
    {
        var exception = Assert.Throws<CommandException>(() => UndoFile.Read(Path.Combine(Path.GetTempPath(), $"budgetsync-{Guid.NewGuid():N}", file)));

        Assert.EndsWith(
            $"{file}: there is no such file; 'budgetsync rows undo --list' shows the edits that can be taken back, and their files.",
            exception.Message,
            StringComparison.Ordinal);
    }

    // Found by two imports at once: both looked, both found the same name free, and one of them failed.
    [Fact]
    public async Task Edits_of_one_millisecond_each_get_a_file_of_their_own()
    {
        var folder = Directory.CreateTempSubdirectory("budgetsync-undo-");
        using var start = new Barrier(16);
        var names = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                using var file = UndoFolder.Create(folder.FullName, "2026-03-02T10:00:00.000Z");
                return file.Name;
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(16, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(Path.Combine(folder.FullName, "20260302T100000.000Z.jsonl"), names);
        folder.Delete(recursive: true);
    }
}
