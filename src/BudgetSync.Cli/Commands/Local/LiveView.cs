using BudgetSync.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>The progress of rows in a terminal, redrawn while they move.</summary>
internal static class LiveView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Lines of the screen that the table's frame, the sum and the cursor take.</summary>
    private const int FrameLines = 8;

    /// <summary>A screen shorter than that scrolls.</summary>
    private const int FewestLines = 5;

    /// <summary>Reasons shown at most; the others are in the status table and in <c>--json</c>.</summary>
    private const int MostReasons = 8;

    /// <summary>Draws until all has settled; where it stays up, goes on drawing until it is interrupted.</summary>
    /// <param name="news">What has happened since it was last asked, which is written above the table.</param>
    public static async Task<IReadOnlyList<RowProgress>> ShowAsync(
        ConsoleContext terminal,
        RowProgressReader reader,
        Task settled,
        bool staysUp,
        Func<CancellationToken, Task<IReadOnlyList<string>>> news,
        TimeProvider time,
        CancellationToken cancellation)
    {
        IReadOnlyList<RowProgress> rows = [];
        var screen = terminal.Screen(terminal.Out);
        await screen.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
        {
            while (true)
            {
                var done = settled.IsCompleted;
                rows = await reader.ReadAsync(cancellation);
                foreach (var line in await news(cancellation)) screen.Write(new Text($"{line}\n"));
                live.UpdateTarget(Draw(rows, screen.Profile.Width, screen.Profile.Height));
                live.Refresh();
                if (done && !staysUp) break;
                await Task.Delay(Refresh, time, cancellation);
            }
        });
        await settled;
        return rows;
    }

    private static Spectre.Console.Rows Draw(IReadOnlyList<RowProgress> rows, int width, int height)
    {
        var reasons = RowProgressTable.Reasons(rows);
        var shown = reasons.Take(MostReasons).Select(reason => (IRenderable)new Text(reason.Line, reason.Colour)).ToList();
        if (reasons.Count > MostReasons) shown.Add(new Text($"… and {Number.Of(reasons.Count - MostReasons)} more reasons"));
        var lines = Math.Max(FewestLines, height - FrameLines - shown.Count);
        return new Spectre.Console.Rows([RowProgressTable.Render(rows, lines, width), new Text(RowProgressTable.Sum(rows)), .. shown]);
    }
}
