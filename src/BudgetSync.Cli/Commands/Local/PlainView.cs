using BudgetSync.Cli.Commands.Local.Responses;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// The progress of rows where there is no terminal to draw on, or where JSON was asked for: printed once when all has settled, then a line per change.
/// </summary>
internal static class PlainView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyList<RowProgress>> ShowAsync(
        ConsoleContext terminal,
        RowProgressReader reader,
        Task settled,
        bool json,
        CancellationToken cancellation)
    {
        await settled;
        var rows = await reader.ReadAsync(cancellation);
        if (json) await terminal.Whole.WriteLineAsync(RowProgressJson.Format(rows));
        else Write(terminal, rows);
        await terminal.Out.FlushAsync(cancellation);
        return rows;
    }

    private static void Write(ConsoleContext terminal, IReadOnlyList<RowProgress> rows)
    {
        var screen = terminal.Screen(terminal.Out);
        screen.Write(RowProgressTable.Render(rows, int.MaxValue, screen.Profile.Width));
        terminal.WriteFolded(RowProgressTable.Sum(rows));
        // Not through the screen, which would fold them everywhere: where no width is known, a line is what grep finds.
        foreach (var (line, _) in RowProgressTable.Reasons(rows)) terminal.WriteFolded(line, indent: 4);
    }

    /// <summary>Says what can be done now, and tells of each change until it is interrupted.</summary>
    public static async Task WatchAsync(
        ConsoleContext terminal,
        RowProgressReader reader,
        IReadOnlyList<RowProgress> before,
        string hints,
        ShownChannels? messages,
        ResponseStory? story,
        TimeProvider time,
        CancellationToken cancellation)
    {
        await terminal.WholeTalk.WriteLineAsync(hints);
        while (true)
        {
            if (story is not null)
            {
                foreach (var line in await story.NewsAsync(cancellation)) terminal.TellFolded(line, indent: 4);
            }

            await Task.Delay(Refresh, time, cancellation);
            var now = await reader.ReadAsync(cancellation);
            // A key may stand in several rows of a file, each with a line of its own.
            var old = before.ToLookup(progress => progress.AccountId, StringComparer.Ordinal);
            foreach (var progress in now.Where(progress => !old[progress.AccountId].Any(known => Same(known, progress))))
            {
                var budgets = string.Join(
                    ", ",
                    progress.Budgets.Select(
                        budget => RowProgressJson.Limit(budget) is { } limit
                            ? $"{budget.Settings.Name} {Number.Exact(limit.Amount)} {limit.Unit}"
                            : budget.Settings.Name));
                await terminal.Error.WriteLineAsync(
                    Printable.Line(string.Join(
                        "  ",
                        new[] { progress.AccountId, progress.State, budgets, string.Join("; ", progress.Reasons) }.Where(text => text.Length > 0))));
            }

            messages?.Tell();
            before = now;
        }
    }

    private static bool Same(RowProgress one, RowProgress other) =>
        one.AccountId == other.AccountId
            && one.State == other.State
            && one.Parameter == other.Parameter
            && one.Reasons.SequenceEqual(other.Reasons)
            && one.Budgets.SequenceEqual(other.Budgets);
}
