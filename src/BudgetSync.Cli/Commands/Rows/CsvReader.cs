using System.Text;
using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// The records of a CSV text (RFC 4180; blanks around a cell are trimmed, empty lines skipped). Written by hand because no line may go unaccounted for: a quote
/// that was not closed makes every row after it one cell, and a library reads that without a word.
/// </summary>
internal sealed partial class CsvReader(string path, string text)
{
    private readonly char delimiter = DelimiterOf(text);
    private int at;
    private int line = 1;

    /// <summary>How many cells the header has; none before it is read.</summary>
    private int columns;

    /// <summary>The next record that has a cell with something in it; null at the end.</summary>
    /// <exception cref="CommandException">A quote is not closed, or closed in the middle of a cell.</exception>
    public CsvRecord? Read()
    {
        while (at < text.Length)
        {
            var began = line;
            var cells = new List<string> { ReadCell() };
            while (at < text.Length && text[at] == delimiter)
            {
                at++;
                cells.Add(ReadCell());
            }

            var open = at >= text.Length;
            EndLine();
            if (!cells.Exists(cell => cell.Length > 0) || (columns == 0 && IsHint(cells))) continue;
            if (columns == 0) columns = cells.Count;
            return new CsvRecord(began, cells) { Delimiter = delimiter, IsOpen = open };
        }

        return null;
    }

    private string ReadCell()
    {
        SkipBlanks();
        if (at < text.Length && text[at] == '"') return ReadQuoted();
        var began = at;
        while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n')) at++;
        return text[began..at].TrimEnd();
    }

    private string ReadQuoted()
    {
        var opened = line;
        var began = ++at;
        var cell = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (at + 1 < text.Length && text[at + 1] == '"') at++;
                else
                {
                    RefuseSwallowed(opened, began, cell.ToString());
                    at++;
                    SkipBlanks();
                    if (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
                        throw Wrong(line, $"text follows the closing quote of the cell that opens in line {opened}; {Quoting}");
                    return cell.ToString();
                }
            }

            if (EndsLine()) line++;
            cell.Append(text[at]);
        }

        RefuseSwallowed(opened, began, cell.ToString());
        throw Wrong(opened, $"a quote opens here and is never closed, so that all lines after it would be in one cell; {Quoting}");
    }

    /// <summary>A cell may have several lines, but none that is a row: that one would be lost without a word.</summary>
    private void RefuseSwallowed(int opened, int began, string cell)
    {
        if (line == opened || SwallowedRows.Find(text[began..at], cell, delimiter, columns) is not { } further) return;
        var which = further == 0 ? "the rest of it" : $"line {opened + further}";
        throw Wrong(opened, $"a quote opens here and is not closed in this line; {which}, which looks like a row of its own, would be in the cell; {Quoting}");
    }

    private const string Quoting = "close it, or write two (\"\") for a quote inside a quoted cell";

    private CommandException Wrong(int where, string what) => new($"{path}: line {where}: {what}");

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] is ' ' or '\t' && text[at] != delimiter) at++;
    }

    private void EndLine()
    {
        if (at >= text.Length) return;
        if (!EndsLine()) at++;
        at++;
        line++;
    }

    /// <summary>The character here ends a line: a line feed, or a carriage return without one.</summary>
    private bool EndsLine() => text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n'));

    /// <summary>
    /// A spreadsheet of some locales saves semicolons, one that copies saves tabs; what the first line that says something has most of tells.
    /// </summary>
    private static char DelimiterOf(string text)
    {
        if (Hint().Match(text) is { Success: true } hint) return hint.Groups[1].Value[0];
        var header = Quoted().Replace(FirstLine().Match(text).Value, "");
        return new[] { ',', ';', '\t' }.MaxBy(candidate => header.Count(letter => letter == candidate));
    }

    /// <summary>The line that says which delimiter follows, which is no record.</summary>
    private bool IsHint(List<string> cells) => string.Join(delimiter, cells).Equals($"sep={delimiter}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Which delimiter follows, as Excel reads it in a first line of its own.</summary>
    [GeneratedRegex(@"\A\s*""?sep=([,;\t])""?[ \t]*(?=[\r\n]|\z)", RegexOptions.IgnoreCase)]
    private static partial Regex Hint();

    /// <summary>The first line that has more than delimiters.</summary>
    [GeneratedRegex(@"[^\r\n]*[^\s,;][^\r\n]*")]
    private static partial Regex FirstLine();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}
