using System.IO.Compression;
using System.Xml;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// The parts of a spreadsheet, known by what is in them: a part may have any name and stand in any folder (ECMA-376, Part 2, "Parts"). The library that reads
/// the cells knows them by their names, and takes what it does not find for empty.
/// </summary>
internal static class XlsxParts
{
    /// <summary>The largest table of rows, unpacked, is half of this; a zip can say more in a few bytes.</summary>
    private const long MostCharacters = 200_000_000;

    private const string WayOut = "open the file in a spreadsheet program and save it as .xlsx, or as CSV UTF-8";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        MaxCharactersInDocument = MostCharacters,
        CheckCharacters = false,
        IgnoreComments = true,
    };

    /// <summary>Looks through every sheet, wherever it stands.</summary>
    /// <exception cref="CommandException">A part or a cell would be lost or taken for another value.</exception>
    public static XlsxScan Scan(string path, byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        if (zip.Entries.Sum(entry => entry.Length) > MostCharacters)
            throw new CommandException($"{path}: holds more than {Number.Of(MostCharacters)} bytes when it is unpacked; is it the right file?");
        var scan = new XlsxScan();
        foreach (var part in zip.Entries) Scan(path, part, scan);
        if (scan.Faults.Count > 0) throw new CommandException(string.Join('\n', Told(path, scan)));
        if (scan.LastText is (var text, var cell) && text >= scan.Texts)
            throw new CommandException($"{path}: the cell {cell} names the file's text {text}, and the file has {scan.Texts}; write the value itself");
        return scan;
    }

    private static IEnumerable<string> Told(string path, XlsxScan scan)
    {
        foreach (var fault in scan.Faults) yield return $"{path}: {fault}";
        if (scan.FaultCount > scan.Faults.Count) yield return $"{path}: … and {Number.Of(scan.FaultCount - scan.Faults.Count)} more cells";
    }

    private static void Scan(string path, ZipArchiveEntry part, XlsxScan scan)
    {
        if (IsBinary(part)) throw new CommandException($"{path}: {Printable.Line(part.FullName)} is of the binary form (.xlsb), which is not read; {WayOut}");
        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, Settings);
        try
        {
            if (Root(xml, part) is not ("worksheet" or "sst" or "styleSheet" or "workbook")) return;
            if (!part.Name.EndsWith(".xml", StringComparison.Ordinal))
                throw new CommandException($"{path}: the part {Printable.Line(part.FullName)} has a name that does not end in .xml; {WayOut}");
            if (xml.LocalName == "worksheet") new XlsxCells(path, xml, scan).DemandValues();
            else if (xml.LocalName == "sst") scan.Texts += Texts(xml);
        }
        catch (XmlException broken)
        {
            // The reader's own words name the setting of a program; a part of a spreadsheet has no DTD (ECMA-376, Part 2, "XML usage").
            if (broken.Message.Contains("DTD", StringComparison.Ordinal))
                throw new CommandException($"{path}: {Printable.Line(part.FullName)} has a document type (DTD), which no spreadsheet has; {WayOut}");
            throw new CommandException($"{path}: a sheet cannot be read: {broken.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static int Texts(XmlReader xml)
    {
        var texts = 0;
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si", Depth: 1 }) texts++;
        }

        return texts;
    }

    /// <summary>The name of the part's outermost element; null where it is no XML and does not say that it is.</summary>
    private static string? Root(XmlReader xml, ZipArchiveEntry part)
    {
        try
        {
            return xml.MoveToContent() == XmlNodeType.Element ? xml.LocalName : null;
        }
        catch (XmlException) when (!part.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
    }

    /// <summary>The binary form has sheets too, which begin with the record BrtBeginSheet ([MS-XLSB] 2.3.2): nothing here looks through their cells.</summary>
    private static bool IsBinary(ZipArchiveEntry part)
    {
        if (part.Name.EndsWith("workbook.bin", StringComparison.OrdinalIgnoreCase)) return true;
        Span<byte> start = stackalloc byte[2];
        using var stream = part.Open();
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual<byte>([0x81, 0x01]);
    }
}
