using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Looks through a sheet's cells for those that would be lost or read as another value: formulas that are not calculated (programs that write spreadsheets
/// leave them so), errors, values that are not of their type, and places that are taken. A reader takes the first for empty cells, and an empty cell is an
/// attribute that a row does not have; of two cells in one place it keeps one.
/// </summary>
internal sealed partial class XlsxCells(string path, XmlReader xml, XlsxScan scan)
{
    /// <summary>Excel specifications and limits: 1,048,576 rows by 16,384 columns, of which the last is XFD.</summary>
    private const int LastRow = 1_048_576;
    private const int LastColumn = 16_384;
    private const string LastColumnName = "XFD";

    private const string Rewrite = "open the file in a spreadsheet program and save it, or write it anew";

    private int row;
    private int column;
    private bool hasCells;
    private bool hasData;

    /// <summary>Reads the sheet to its end.</summary>
    /// <remarks>A cell without a value that is surely meant is a fault of the scan: all of them are told at once.</remarks>
    /// <exception cref="CommandException">Cells stand where one of them would be lost.</exception>
    /// <exception cref="XmlException">It is broken.</exception>
    public void DemandValues()
    {
        var sheet = xml.NamespaceURI;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != sheet) continue;
            switch (xml.LocalName)
            {
                case "sheetData":
                    if (hasData) throw Wrong($"a sheet has its cells in two places, of which one would be lost; {Rewrite}");
                    hasData = true;
                    break;
                case "row":
                    EnterRow();
                    break;
                case "c":
                    EnterCell();
                    break;
                case "mergeCell":
                    scan.AddFault(Merged(Printable.Line(xml.GetAttribute("ref") ?? "")));
                    break;
                default:
                    break;
            }
        }

        if (hasCells) scan.Sheets++;
    }

    /// <summary>Of merged cells the first holds what all of them show (ECMA-376, Part 1, 18.3.1.55 "mergeCells"): the others would be read as empty.</summary>
    private static string Merged(string cells) =>
        $"the cells {cells} are merged, and all but {cells.Split(':')[0]} would be read as empty; unmerge them and write the value into each";

    private void EnterRow()
    {
        var before = row;
        row++;
        column = 0;
        if (xml.GetAttribute("r") is not { } written) return;
        if (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out row) || row is < 1 or > LastRow)
            throw Wrong($"a row is numbered \"{Printable.Line(written)}\", and a spreadsheet has rows 1 to {Number.Of(LastRow)}; {Rewrite}");
        if (row == before) throw Wrong($"row {Number.Of(row)} stands twice in the sheet, and one of them would be lost; {Rewrite}");
        if (row < before) throw Wrong($"row {Number.Of(row)} stands behind row {Number.Of(before)} in the sheet, and may be lost; {Rewrite}");
    }

    private void EnterCell()
    {
        hasCells = true;
        var before = column;
        column++;
        var place = xml.GetAttribute("r") ?? XlsxPlace.Of(column - 1, row);
        if (xml.GetAttribute("r") is not null)
        {
            if (!XlsxPlace.TryParse(place, out column, out var rowOfCell))
                throw Wrong($"row {Number.Of(row)}: a cell's place is \"{Printable.Line(place)}\", which is none; {Rewrite}");
            if (column > LastColumn) throw Wrong($"the cell {Printable.Line(place)} is beyond the last column a spreadsheet has ({LastColumnName})");
            if (rowOfCell != row) throw Wrong($"the cell {place} stands in row {Number.Of(row)}; {Rewrite}");
            if (column == before) throw Wrong($"the cell {place} stands twice in its row, and one of them would be lost; {Rewrite}");
            if (column < before) throw Wrong($"the cell {place} stands behind {XlsxPlace.Of(before - 1, row)} in its row, and may be lost; {Rewrite}");
        }

        if (!xml.IsEmptyElement && Fault(place) is { } fault) scan.AddFault(fault);
    }

    private string? Fault(string cell)
    {
        var type = xml.GetAttribute("t") ?? "n";
        var (formula, values, value) = (false, 0, "");
        using var inside = xml.ReadSubtree();
        while (inside.Read())
        {
            if (inside.NodeType != XmlNodeType.Element) continue;
            if (inside.LocalName == "f") formula = true;
            if (inside.LocalName is "v" or "is") values++;
            if (inside.LocalName is "v" or "t" && !inside.IsEmptyElement && inside.Read()) value += inside.Value;
        }

        if (type == "e") return $"the cell {cell} has the error {value}; write the value itself";
        if (formula && value.Length == 0)
            return $"the cell {cell} has a formula that was never calculated; open the file in a spreadsheet program and save it, or write the value itself";
        if (values > 1) return $"the cell {cell} has two values, of which one would be lost; write the one that is meant";
        if (value.Length == 0) return null;
        if (type == "s" && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var text)) scan.AddText(text, cell);
        if (type == "n" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) scan.AddNumber(number, cell);
        return type switch
        {
            "n" when !PlainNumber().IsMatch(value) => $"the cell {cell} is a number, and \"{Printable.Line(value)}\" is none; write the value itself",
            "b" when value is not ("0" or "1") => $"the cell {cell} is true or false, and \"{Printable.Line(value)}\" is neither 1 nor 0; write it anew",
            "s" when !Index().IsMatch(value) => $"the cell {cell} names a text of the file by a number, and \"{Printable.Line(value)}\" is none; {Rewrite}",
            _ => null,
        };
    }

    private CommandException Wrong(string fault) => new($"{path}: {fault}");

    // A number as XML Schema's double writes it: a comma would be one of thousands to one reader and of decimals to the next.
    [GeneratedRegex(@"\A\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?\s*\z")]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"\A[0-9]{1,9}\z")]
    private static partial Regex Index();
}
