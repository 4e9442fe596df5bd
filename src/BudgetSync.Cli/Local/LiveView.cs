using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Local;

/// <summary>The journeys in a terminal, redrawn while they move.</summary>
internal static class LiveView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    /// <summary>Draws until all has settled; with hints, stays and goes on drawing until it is interrupted.</summary>
    public static async Task<IReadOnlyList<Journey>> ShowAsync(Terminal terminal, JourneyReader reader, Task settled, string? hints, TimeProvider time, CancellationToken cancellation)
    {
        IReadOnlyList<Journey> journeys = [];
        var screen = terminal.Screen(terminal.Out);
        await screen.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
        {
            while (true)
            {
                var done = settled.IsCompleted;
                journeys = await reader.ReadAsync(cancellation);
                live.UpdateTarget(Draw(journeys, done ? hints : null));
                live.Refresh();
                if (done && hints is null) break;
                await Task.Delay(Refresh, time, cancellation);
            }
        });
        await settled;
        return journeys;
    }

    private static IRenderable Draw(IReadOnlyList<Journey> journeys, string? hints)
    {
        var table = JourneyTable.Render(journeys, JourneyTable.MaximumLiveLines);
        return hints is null ? table : new Spectre.Console.Rows([table, new Text(""), new Text(hints)]);
    }
}
