using System.CommandLine;
using System.Text;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary><c>budgetsync rows export</c>: the table as a file that <c>rows import</c> takes back without a change.</summary>
internal static class ExportCommand
{
    public static Command Create(ConsoleContext terminal)
    {
        var file = new Argument<string?>("FILE") { Description = "Where to write; without it, or as -, standard output", Arity = ArgumentArity.ZeroOrOne };
        var format = FormatOption();
        var unit = RowSelection.Unit("Only rows that stand in this OU: its own, its OUs' and its accounts'");
        var overwrite = OverwriteOption();
        var changes = new Option<bool>("--with-changes") { Description = "Who wrote each row, when and why too; an import does not read that back" };
        var command = new Command(
            "export",
            "Write the rows of the table to a file, in an order that never changes; importing it changes nothing")
            {
                file,
                format,
                unit,
                changes,
                overwrite,
            };
        StackCommand.SetAction(command, terminal, async (stack, parsed, cancellation) =>
        {
            var path = parsed.GetValue(file);
            var wanted = FormatOf(parsed.GetValue(format), path, parsed.GetValue(overwrite));
            var rows = await ListCommand.ReadAsync(stack, parsed.GetValue(unit), cancellation);
            stack.Progress.Now("");
            if (!parsed.GetValue(changes)) rows = [.. rows.Select(RowProvenance.Without)];
            var binary = rows.Where(row => row.Attributes.Values.Any(value => value is RowValue.Binary)).Select(row => row.Key).ToList();
            if (binary.Count > 0)
                await terminal.Error.WriteLineAsync(Printable.Line(
                    $"Binary attributes are left out, since no file of rows can hold them (an import leaves them as they are): {string.Join(", ", binary)}."));
            await WriteAsync(terminal, path, wanted, parsed.GetValue(overwrite), rows, cancellation);
            await terminal.Error.WriteLineAsync($"{Number.Count(rows.Count, "row")}{(path is null or "-" ? "" : Printable.Line($" in {path}"))}.");
            return ExitCode.Done;
        });
        return command;
    }

    public static Option<bool> OverwriteOption() => new("--overwrite") { Description = "Replace the file where there is one already" };

    public static Option<RowFormat?> FormatOption()
    {
        var option = Format();
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. RowFormats.Names]);
        return option;
    }

    private static Option<RowFormat?> Format() => new("--format")
    {
        Description = $"{string.Join(", ", RowFormats.Names)}; by default what the file's name says, else csv",
        HelpName = "FORMAT",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (RowFormats.OfName(text) is { } found) return found;
            result.AddError($"--format: \"{text}\" is no format; give one of {string.Join(", ", RowFormats.Names)}");
            return null;
        },
    };

    /// <exception cref="CommandException">A spreadsheet is asked for on standard output, or the file is there already and may not be replaced.</exception>
    public static RowFormat FormatOf(RowFormat? asked, string? path, bool overwrite)
    {
        // Said before the accounts or the table are read, which may take minutes.
        if (path is not (null or "-") && !overwrite && File.Exists(path))
            throw new CommandException(Printable.Line(
                $"{path}: is there already, and nothing was written; give another name, or --overwrite to replace it."), ExitCode.Usage);
        var format = asked ?? (path is null ? null : RowFormats.OfPath(path)) ?? RowFormat.Csv;
        return format != RowFormat.Xlsx || path is not (null or "-") ? format
            : throw new CommandException("--format: a spreadsheet is no text for standard output; name a FILE.", ExitCode.Usage);
    }

    /// <summary>Writes whole or not at all: an old file is replaced when the new one is there.</summary>
    /// <exception cref="CommandException">The file cannot be written, or is there already and may not be replaced.</exception>
    public static async Task WriteAsync(
        ConsoleContext terminal,
        string? path,
        RowFormat format,
        bool overwrite,
        IReadOnlyList<RowImage> rows,
        CancellationToken cancellation)
    {
        if (format == RowFormat.Csv && Hidden(rows) is { } hidden)
            throw new CommandException(Printable.Line(
                $"{hidden}: holds control characters, which no CSV can say; --format json, jsonl, yaml or xlsx can. Nothing was written."));
        if (format == RowFormat.Csv && Swallowed(rows) is { } swallowed)
            throw new CommandException(Printable.Line(
                $"{swallowed}: has a line that looks like a row of its own, which an import of a CSV refuses, as after a quote that was not closed; "
                    + "--format json, jsonl, yaml or xlsx can say it. Nothing was written."));
        if (path is null or "-")
        {
            await terminal.Out.WriteAsync(RowText.Of(format, rows));
            return;
        }

        try
        {
            var bytes = format == RowFormat.Xlsx ? XlsxWriter.Of(rows) : new UTF8Encoding(false).GetBytes(RowText.Of(format, rows));
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            await WholeFile.WriteAsync(path, bytes, overwrite, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path}: cannot be written: {exception.Message}");
        }
    }

    /// <summary>Where the first control character stands that no line and no blank is made of.</summary>
    private static string? Hidden(IReadOnlyList<RowImage> rows) => rows
        .SelectMany(row => row.Attributes.Select(attribute => (row.Key, attribute.Key, Text: RowCells.Text(attribute.Key, attribute.Value))))
        .Where(cell => HasControl(cell.Item2) || HasControl(cell.Text))
        .Select(cell => $"{Printable.Key(cell.Item1)}: {Printable.Key(cell.Item2)}")
        .FirstOrDefault();

    /// <summary>Where a text stands that no reader of CSV takes for one.</summary>
    private static string? Swallowed(IReadOnlyList<RowImage> rows)
    {
        var columns = RowCells.Columns(rows).Count;
        return rows.SelectMany(row => row.Attributes.Select(attribute => (row.Key, Name: attribute.Key, Cell: RowCells.Cell(attribute.Key, attribute.Value))))
            .Where(cell => cell.Cell.AsSpan().ContainsAny('\n', '\r')
                && SwallowedRows.Find(cell.Cell.Replace("\"", "\"\"", StringComparison.Ordinal), cell.Cell, ',', columns) is not null)
            .Select(cell => $"{Printable.Key(cell.Key)}: {Printable.Key(cell.Name)}")
            .FirstOrDefault();
    }

    private static bool HasControl(string text) => text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r'));
}
