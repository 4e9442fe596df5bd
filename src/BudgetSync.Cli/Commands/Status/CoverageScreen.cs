using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using Spectre.Console;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>The organization on a screen: a few numbers, then the accounts that need an action, each with the reason and what to do.</summary>
internal static class CoverageScreen
{
    /// <summary>What a person reads; beyond it, <c>--state</c> or <c>--json</c>.</summary>
    private const int MostLines = 40;

    public static void Write(ConsoleContext terminal, OrganizationCoverage coverage, IReadOnlyList<CoverageLine> chosen, bool ofOneState, DateTimeOffset now)
    {
        var output = terminal.Out;
        var summary = coverage.Summary;
        var accounts = coverage.Lines.Count(line => line.IsAccount);
        output.WriteLine(
            $"{Number.Count(accounts, "account")}, {Number.Of(Math.Round(summary.PercentApplied, 1))} % of the covered ones applied"
                + (summary.OldestReport is { } told ? $", as they reported, the first of them {Age.Of(now - told)} ago" : ""));
        foreach (var (state, count) in summary.Counts.Where(count => count.Value > 0))
            output.WriteLine($"  {Number.Of(count),6} {state}");
        output.WriteLine(
            summary.OldestUnapplied is { } edited ? $"Oldest edit not applied yet: {Age.Of(now - edited)} ago ({Age.At(edited)})" : "Every edit is applied.");

        var lines = ofOneState ? chosen : [.. chosen.Where(line => line.State != CoverageState.Applied)];
        if (lines.Count == 0) return;
        output.WriteLine();
        // One state asked for is a list for scripts and eyes alike: all of it, plainly.
        var shown = ofOneState ? lines : [.. lines.OrderBy(Urgency).ThenBy(line => line.Key, StringComparer.Ordinal).Take(MostLines)];
        var keys = shown.Max(line => line.Key.Length);
        var names = Math.Min(shown.Max(line => line.Name.Length), 24);
        var screen = terminal.Screen(output);
        foreach (var line in shown)
        {
            if (terminal.Interactive) screen.Write(new Text($"{line.State,-9}", Colour(line.State)));
            else output.Write($"{line.State,-9}");
            output.WriteLine(
                Printable.Line(
                    $"  {line.Key.PadRight(keys)}  {Local.RowProgressCells.Cut(line.Name, 24).PadRight(names)}  {string.Join("; ", line.Reasons)}").TrimEnd());
        }

        if (shown.Count < lines.Count)
            output.WriteLine(
                $"… and {Number.Of(lines.Count - shown.Count)} more: --state lists all of one state, --json everything");
        foreach (var advice in shown.Where(line => line.Advice.Length > 0).DistinctBy(line => line.State).OrderBy(Urgency))
            terminal.Error.WriteLine($"{advice.State}: {advice.Advice}.");
    }

    /// <summary>Those that only a person can mend first.</summary>
    private static int Urgency(CoverageLine line) => line.State switch
    {
        CoverageState.Rejected => 0,
        CoverageState.Failed => 1,
        CoverageState.Blocked => 2,
        CoverageState.Orphan => 3,
        CoverageState.Unchecked => 4,
        CoverageState.Pending => 5,
        CoverageState.Uncovered => 6,
        _ => 7,
    };

    private static Style Colour(CoverageState state) => state switch
    {
        CoverageState.Applied => new Style(Color.Green),
        CoverageState.Rejected or CoverageState.Failed => new Style(Color.Red),
        CoverageState.Blocked or CoverageState.Orphan or CoverageState.Unchecked => new Style(Color.Yellow),
        _ => new Style(Color.Blue),
    };
}
