using System.IO.Compression;
using System.Xml;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Looks through a spreadsheet's cells for those that hold no value: formulas that nobody has calculated (programs that write spreadsheets leave them so) and
/// errors.
/// A reader takes them for empty cells, and an empty cell is an attribute that a row does not have.
/// </summary>
internal static class XlsxCells
{
    /// <summary>The largest table of rows, unpacked, is a tenth of this; a zip can say more in a few bytes.</summary>
    private const long MostCharacters = 1_000_000_000;

    /// <exception cref="CommandException">A cell has none.</exception>
    public static void DemandValues(string path, byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var sheets = zip.Entries
            .Where(entry => entry.FullName.Contains("/worksheets/", StringComparison.Ordinal) && entry.Name.EndsWith(".xml", StringComparison.Ordinal));
        foreach (var sheet in sheets)
        {
            using var stream = sheet.Open();
            using var xml = XmlReader.Create(
                stream,
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MostCharacters, CheckCharacters = false });
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "c", IsEmptyElement: false } && Fault(xml) is { } fault)
                    throw new CommandException($"{path}: {fault}");
            }
        }
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
