using System.CommandLine;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary><c>budgetsync rows fix FILE</c>: writes the file that the refusals ask for, and tells each thing it put right.</summary>
internal static class FixCommand
{
    /// <summary>What a person reads; the same correction in a thousand rows is one habit of theirs.</summary>
    private const int MostTold = 40;

    public static Command Create(ConsoleContext terminal)
    {
        var file = new Argument<string>("FILE") { Description = RowFile.Description };
        var output = new Argument<string?>("OUTPUT") { Description = "Where to write; without it, or as -, standard output", Arity = ArgumentArity.ZeroOrOne };
        var format = ExportCommand.FormatOption();
        var overwrite = ExportCommand.OverwriteOption();
        var defaults = new DefaultsOptions(offline: true);
        var command = new Command(
            "fix",
            "Write a file with what the tool knows how to put right: headings (also those that are likely only), zeros that a spreadsheet dropped, currency "
                + "signs and separators of amounts, misspelt names and words. What may mean two things stays as it is and is told. Exit 0 where nothing is "
                + "left wrong, else 1")
            {
                file,
                output,
                format,
                overwrite,
            };
        defaults.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var wanted = ExportCommand.FormatOf(parsed.GetValue(format), parsed.GetValue(output), parsed.GetValue(overwrite));
            var rows = await RowFile.ReadAsync(path, terminal, cancellation, HeadingCertainty.Guessed);
            var corrected = rows.Select(row => (Entry: row, Of: RowCorrection.Of(row.Image))).ToList();
            var told = corrected.SelectMany(row => row.Of.Corrections.Select(correction =>
                $"{RowFile.NameOf(path)}: {row.Entry.Position}: {correction.Attribute}: \"{correction.Before}\" is now \"{correction.After}\"")).ToList();
            foreach (var line in told.Take(MostTold)) await terminal.Error.WriteLineAsync(Printable.Line(line));
            if (told.Count > MostTold) await terminal.Error.WriteLineAsync($"… and {Number.Count(told.Count - MostTold, "more correction")}");
            var without = corrected.Where(row => IsLeftOut(row.Entry, row.Of.Row, corrected, defaults.Read(parsed))).ToList();
            var written = corrected.Except(without).Select(row => row.Of.Row).ToList();
            await ExportCommand.WriteAsync(terminal, parsed.GetValue(output), wanted, parsed.GetValue(overwrite), written, cancellation);
            foreach (var row in without.Take(MostTold))
                await terminal.Error.WriteLineAsync(Printable.Line(
                    $"{RowFile.NameOf(path)}: {row.Entry.Position}: {row.Entry.Image.Key}: the row is left out, since what was written would hide what is "
                        + "wrong with it; write it anew"));
            var left = await TellLeftAsync(RowFile.NameOf(path), corrected, defaults.Read(parsed), terminal);
            await terminal.Error.WriteLineAsync(
                $"{Number.Count(rows.Count, "row")}, {(without.Count > 0 ? $"{Number.Of(without.Count)} left out, " : "")}"
                    + $"{Number.Count(told.Count, "correction")}, "
                    + $"{(left == 0 ? "nothing is left wrong" : $"{Number.Count(left, "problem")} left for you")}.");
            return left == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>
    /// True of a row that a file that is written anew would make a sound one, although half of it may be missing or two values stood for one: half an amount
    /// is an amount.
    /// </summary>
    private static bool IsLeftOut(
        RowEntry entry,
        RowImage row,
        List<(RowEntry Entry, (RowImage Row, System.Collections.Immutable.ImmutableArray<Correction> Corrections) Of)> all,
        StackDefaults defaults)
    {
        if (entry.IsDamaged) return true;
        if (OfFile(entry, row).All(problem => IsOfKey(problem) || RowFile.IsDuplicate(problem))) return false;
        var written = all.Select(one => new RowEntry(one.Of.Row, one.Entry.Position, [])).ToList();
        return new RowChecks(written, defaults).Problems(new RowEntry(row, entry.Position, [])).Count == 0;
    }

    /// <summary>What stays wrong.</summary>
    private static async Task<int> TellLeftAsync(
        string name,
        List<(RowEntry Entry, (RowImage Row, System.Collections.Immutable.ImmutableArray<Correction> Corrections) Of)> corrected,
        StackDefaults defaults,
        ConsoleContext terminal)
    {
        // As 'rows validate' would say of the file that was written, but for what the file's form lost.
        var entries = corrected.Select(row => new RowEntry(row.Of.Row, row.Entry.Position, [.. OfFile(row.Entry, row.Of.Row)])).ToList();
        var checks = new RowChecks(entries, defaults);
        var left = entries.SelectMany(entry => checks.Problems(entry).Select(problem => $"{name}: {entry.Position}: "
            + $"{(entry.Image.Key.Length > 0 ? $"{entry.Image.Key}: " : "")}{problem}")).ToList();
        foreach (var line in left.Take(MostTold)) await terminal.Error.WriteLineAsync(Printable.Line(line));
        if (left.Count > MostTold) await terminal.Error.WriteLineAsync($"… and {Number.Count(left.Count - MostTold, "more problem")}");
        return left.Count;
    }

    private static bool IsOfKey(string problem) => problem.StartsWith("AccountId:", StringComparison.Ordinal);

    /// <summary>The key's problem is solved where the key was.</summary>
    private static IEnumerable<string> OfFile(RowEntry entry, RowImage row) =>
        entry.Image.Key == row.Key ? entry.Problems : entry.Problems.Where(problem => !IsOfKey(problem));
}
