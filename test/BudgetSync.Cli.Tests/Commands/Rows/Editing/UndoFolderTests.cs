using BudgetSync.Cli.Commands.Rows.Editing;

namespace BudgetSync.Cli.Tests.Commands.Rows.Editing;

public sealed class UndoFolderTests
{
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
