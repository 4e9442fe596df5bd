using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Kernel;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>Where a time lapse plays: in a terminal a picture at a time, elsewhere at once and only the last one.</summary>
internal sealed record LapseStage(LocalCloud Cloud, VirtualClock Clock, ConsoleContext Terminal)
{
    private TimeProvider Time => Terminal.Time;

    /// <summary>All of a moment, at once.</summary>
    public void Show(IReadOnlyList<LapseRow> rows)
    {
        var screen = Terminal.Screen(Terminal.Out);
        screen.Write(LapseTable.Render(Clock.GetUtcNow(), rows, screen.Profile.Width, null));
    }

    /// <param name="step">Of the cloud's time, from picture to picture.</param>
    /// <param name="span">Of the looker-on's time, for all pictures together.</param>
    /// <returns>What the last picture shows.</returns>
    public async Task<IReadOnlyList<LapseRow>> PlayAsync(
        LapseDriver driver,
        LapseReader reader,
        ShownResponses? responses,
        DateTimeOffset end,
        TimeSpan step,
        TimeSpan span,
        CancellationToken cancellation)
    {
        if (!Terminal.Interactive)
        {
            await PassAsync(driver, responses, end, step, cancellation);
            return await reader.ReadAsync(cancellation);
        }

        IReadOnlyList<LapseRow> rows = [];
        await ShowAsync(
            end,
            span,
            async () =>
            {
                driver.PassUntil(Clock.GetUtcNow() + step < end ? Clock.GetUtcNow() + step : end, cancellation);
                if (responses is not null) await responses.LookAsync(cancellation);
                rows = await reader.ReadAsync(cancellation);
            },
            screen => LapseTable.Render(Clock.GetUtcNow(), rows, screen.Width, screen.Height, responses?.Story),
            cancellation);
        return rows;
    }

    /// <summary>Takes step after step until the end, and shows a picture of each, as far apart as the looker-on's time is long.</summary>
    /// <param name="step">Moves the cloud's time.</param>
    public async Task ShowAsync(
        DateTimeOffset end, TimeSpan span, Func<Task> step, Func<Profile, IRenderable> picture, CancellationToken cancellation)
    {
        var screen = Terminal.Screen(Terminal.Out);
        var (began, start) = (Time.GetTimestamp(), Clock.GetUtcNow());
        await screen.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            while (Clock.GetUtcNow() < end)
            {
                await step();
                live.UpdateTarget(picture(screen.Profile));
                live.Refresh();
                var due = span * ((Clock.GetUtcNow() - start) / (end - start));
                var wait = due - Time.GetElapsedTime(began);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, Time, cancellation);
            }
        });
    }

    /// <summary>What happens is told as it does.</summary>
    private async Task PassAsync(LapseDriver driver, ShownResponses? responses, DateTimeOffset end, TimeSpan step, CancellationToken cancellation)
    {
        if (responses is null) driver.PassUntil(end, cancellation);
        var told = 0;
        while (responses is not null && Clock.GetUtcNow() < end)
        {
            driver.PassUntil(Clock.GetUtcNow() + step < end ? Clock.GetUtcNow() + step : end, cancellation);
            await responses.LookAsync(cancellation);
            foreach (var line in responses.Story.Skip(told)) Terminal.TellFolded(line, indent: 2);
            told = responses.Story.Count;
        }
    }
}
