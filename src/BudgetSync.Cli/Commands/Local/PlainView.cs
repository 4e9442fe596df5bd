using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// The journeys where there is no terminal to draw on, or where JSON was asked for: printed once when all has settled, then a line per change.
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
        var journeys = await reader.ReadAsync(cancellation);
        if (json) await terminal.Out.WriteLineAsync(RowProgressJson.Format(journeys));
        else Write(terminal, journeys);
        await terminal.Out.FlushAsync(cancellation);
        return journeys;
    }

    private static void Write(ConsoleContext terminal, IReadOnlyList<RowProgress> journeys)
    {
        var screen = terminal.Screen(terminal.Out);
        screen.Write(RowProgressTable.Render(journeys, int.MaxValue, screen.Profile.Width));
        terminal.Out.WriteLine(RowProgressTable.Sum(journeys));
        // Not through the screen, which would fold them: where there is no terminal, a line is what grep finds.
        foreach (var (line, _) in RowProgressTable.Reasons(journeys)) terminal.Out.WriteLine(line);
    }

    /// <summary>Says what can be done now, and tells of each change until it is interrupted.</summary>
    public static async Task WatchAsync(
        ConsoleContext terminal,
        RowProgressReader reader,
        IReadOnlyList<RowProgress> before,
        string hints,
        TimeProvider time,
        CancellationToken cancellation)
    {
        await terminal.Error.WriteLineAsync(hints);
        while (true)
        {
            await Task.Delay(Refresh, time, cancellation);
            var now = await reader.ReadAsync(cancellation);
            foreach (var journey in now.Where(journey => !before.Any(old => Same(old, journey))))
            {
                var budgets = string.Join(
                    ", ",
                    journey.Budgets.Select(
                        budget => RowProgressJson.Limit(budget) is { } limit
                            ? $"{budget.Settings.Name} {Number.Of(limit.Amount)} {limit.Unit}"
                            : budget.Settings.Name));
                await terminal.Error.WriteLineAsync(
                    Printable.Line(string.Join(
                        "  ",
                        new[] { journey.AccountId, journey.State, budgets, string.Join("; ", journey.Reasons) }.Where(text => text.Length > 0))));
            }

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
