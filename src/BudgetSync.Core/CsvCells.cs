using System.Buffers;

namespace BudgetSync.Core;

/// <summary>Cells of CSV (RFC 4180), a record a line, its end a line feed.</summary>
public static class CsvCells
{
    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\t\"\r\n");

    /// <summary>Cells as they are, each quoted where it must be.</summary>
    public static string Of(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    /// <summary>True where a spreadsheet would take the text for a formula, also by the full-width signs. Source: OWASP, "CSV Injection".</summary>
    public static bool IsFormula(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..];

    /// <summary>
    /// A text of people that no spreadsheet calculates and no terminal obeys: an apostrophe is how spreadsheets mark text, and what shows nothing is written
    /// out.
    /// </summary>
    public static string Harmless(string text)
    {
        var visible = VisibleText.Line(text);
        return IsFormula(visible) ? $"'{visible}" : visible;
    }

    // Blanks at the ends are quoted because readers trim them.
    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(Separators) || cell.Trim().Length != cell.Length
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
