using System.IO.Compression;
using System.Xml;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Looks through a spreadsheet's cells for those that hold no value: formulas that are not calculated (programs that write spreadsheets leave them so) and
/// errors. A reader takes them for empty cells, and an empty cell is an attribute that a row does not have.
/// </summary>
internal static class XlsxCells
{
    /// <summary>The largest table of rows, unpacked, is half of this; a zip can say more in a few bytes.</summary>
    private const long MostCharacters = 200_000_000;

    /// <summary>The last column a spreadsheet has is XFD (Excel specifications and limits: 16,384 columns).</summary>
    private const string LastColumn = "XFD";

    /// <exception cref="CommandException">A cell has none.</exception>
    public static void DemandValues(string path, byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        if (zip.Entries.Sum(entry => entry.Length) > MostCharacters)
            throw new CommandException($"{path}: holds more than {Number.Of(MostCharacters)} bytes when it is unpacked; is it the right file?");
        var sheets = zip.Entries
            .Where(entry => entry.FullName.Contains("/worksheets/", StringComparison.Ordinal) && entry.Name.EndsWith(".xml", StringComparison.Ordinal));
        foreach (var sheet in sheets)
        {
            using var stream = sheet.Open();
            using var xml = XmlReader.Create(
                stream,
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MostCharacters, CheckCharacters = false });
            while (Next(xml, path))
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" } && xml.GetAttribute("r") is { } place && IsBeyond(place))
                    throw new CommandException($"{path}: the cell {Printable.Line(place)} is beyond the last column a spreadsheet has ({LastColumn})");
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "c", IsEmptyElement: false } && Fault(xml) is { } fault)
                    throw new CommandException($"{path}: {fault}");
            }
        }
    }

    private static bool Next(XmlReader xml, string path)
    {
        try
        {
            return xml.Read();
        }
        catch (XmlException broken)
        {
            throw new CommandException($"{path}: a sheet cannot be read: {broken.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static bool IsBeyond(string place)
    {
        var column = new string([.. place.TakeWhile(char.IsAsciiLetter)]);
        return column.Length > LastColumn.Length
            || (column.Length == LastColumn.Length && string.Compare(column, LastColumn, StringComparison.OrdinalIgnoreCase) > 0);
    }

    private static string? Fault(XmlReader xml)
    {
        var (cell, isError) = (xml.GetAttribute("r") ?? "?", xml.GetAttribute("t") == "e");
        var (formula, value) = (false, "");
        using var inside = xml.ReadSubtree();
        while (inside.Read())
        {
            if (inside.NodeType == XmlNodeType.Element && inside.LocalName == "f") formula = true;
            if (inside.NodeType == XmlNodeType.Element && inside.LocalName is "v" or "t" && !inside.IsEmptyElement && inside.Read()) value += inside.Value;
        }

        if (isError) return $"the cell {cell} has the error {value}; write the value itself";
        return formula && value.Length == 0
            ? $"the cell {cell} has a formula that was never calculated; open the file in a spreadsheet program and save it, or write the value itself"
            : null;
    }
}
