using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Accounts;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Coverage;
using Spectre.Console;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>The organization on a screen: a few numbers, then the accounts that need an action, each with the reason and what to do.</summary>
internal static class CoverageScreen
{
    /// <summary>So wide is the widest state, so that lists of any states line up.</summary>
    private const int StateWidth = 9;

    /// <summary>Names are shortened first, then reasons wrap; 'status ACCOUNT' has all of both.</summary>
    private static readonly (TextColumn Column, Func<CoverageLine, string> Cell)[] Columns =
    [
        (new("STATE"), line => line.State.ToString().PadRight(StateWidth)),
        (new("ACCOUNT"), line => CellText.Cut(Printable.Key(line.Key), LongestKey)),
        (new("NAME", Goes: 1, Shortest: 12), line => CellText.Cut(Printable.Line(line.Name), LongestName)),
        .. SpendCells.All,
        (new("WHY", Shortest: 41, MostLines: 4), line => string.Join("; ", line.Reasons)),
    ];

    private const int LongestName = 24;

    /// <summary>The longest key of a scope is an OU's, of 68 letters; what is longer is no scope, and must not push the reasons of the others away.</summary>
    private const int LongestKey = 68;

    public static void Write(ConsoleContext terminal, StatusLook look, AccountPage<CoverageLine> page)
    {
        var (output, coverage, now) = (terminal.Out, look.Coverage, look.Now);
        var summary = coverage.Summary;
        var accounts = coverage.Lines.Count(line => line.IsAccount);
        // What was changed in an account since its last report is not known here: drift looks.
        var applied = $"{Number.Of(Math.Round(summary.PercentApplied, 1))} % of the covered ones";
        terminal.WriteFolded(
            $"{Number.Count(accounts, "account")}. "
                + (summary.OldestReport is { } told ? $"When they last reported, the first of them {Age.Of(now - told)} ago, {applied} were applied."
                    : $"{applied} are applied: none has reported yet."));
        foreach (var (state, count) in summary.Counts.Where(count => count.Value > 0))
            output.WriteLine($"  {Number.Of(count),6} {state}");
        terminal.WriteFolded(
            summary.OldestUnapplied is { } edited
                ? $"Oldest edit not applied yet: {Age.Of(now - edited)} ago ({Age.At(edited)})"
                : "No edit is waiting, as last reported.");
        foreach (var money in MoneySummary.Of(coverage.Lines)) terminal.WriteFolded(money);
        look.Stopped?.Tell(terminal, forPeople: true);
        if (UncoveredText.Of(look.Uncovered, now) is { } outside) terminal.WriteFolded(outside);
        foreach (var trouble in look.Trouble?.Sentences ?? []) terminal.WriteFolded(trouble);
        if (look.Unheard is { } unheard) terminal.WriteFolded(unheard);
        if (UnannouncedText.Of(look.Unannounced, look.Alerts) is { } silent) terminal.WriteFolded(silent);
        foreach (var topics in TopicsText.Of(coverage.Lines)) terminal.WriteFolded(topics);
        if (page.All.IsEmpty) return;
        output.WriteLine();
        if (!page.Shown.IsEmpty) WriteLines(terminal, page.Shown);
        if (page.Rest is { } rest) output.WriteLine(rest);
        foreach (var advice in page.Shown.Where(line => line.Advice.Length > 0).DistinctBy(line => line.State).OrderBy(line => Urgency(line.State)))
            terminal.TellFolded($"{advice.State}: {advice.Advice}.", indent: 2);
    }

    private static void WriteLines(ConsoleContext terminal, ImmutableArray<CoverageLine> shown)
    {
        // A column that has nothing to say of any line only takes room.
        var columns = Columns.Where(column => column.Column.Goes == 0 || shown.Any(line => column.Cell(line).Length > 0)).ToList();
        var (lines, leftOut) = ColumnTable.Of(
            [.. columns.Select(column => column.Column)],
            [.. shown.Select(line => columns.ConvertAll(column => column.Cell(line)))],
            terminal.Columns,
            terminal.LineLength);
        var states = shown.ToLookup(line => line.State.ToString()).ToDictionary(group => group.Key, group => group.First().State, StringComparer.Ordinal);
        var screen = terminal.Screen(terminal.Out);
        foreach (var line in lines)
        {
            var word = line.Length > StateWidth ? line[..StateWidth] : "";
            if (!terminal.Colours || !states.TryGetValue(word.TrimEnd(), out var state))
            {
                terminal.Whole.WriteLine(line);
                continue;
            }

            screen.Write(new Text(word, Colour(state)));
            terminal.Whole.WriteLine(line[StateWidth..]);
        }

        TableScreen.TellLeftOut(terminal, leftOut);
    }

    /// <summary>Those that only a person can mend first.</summary>
    public static int Urgency(CoverageState state) => state switch
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
        CoverageState.Applied => StateStyle.Good,
        CoverageState.Rejected or CoverageState.Failed => StateStyle.Wrong,
        CoverageState.Blocked or CoverageState.Orphan or CoverageState.Unchecked => StateStyle.Stuck,
        _ => StateStyle.Moving,
    };
}
