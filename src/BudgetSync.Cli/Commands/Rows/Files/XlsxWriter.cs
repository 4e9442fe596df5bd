using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Rows as a spreadsheet of one sheet (ECMA-376, Office Open XML). Texts are text cells in columns that are formatted as text, so that an account id keeps its
/// zeros whatever is typed into the column later; amounts are numbers. Written by hand: the same rows are the same bytes, which no library promises.
/// </summary>
internal static partial class XlsxWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // A zip knows no time before 1980, and the time of writing would make equal rows different bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(IReadOnlyList<RowImage> rows)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"""
                <Types xmlns="{Package}/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Default Extension="xml" ContentType="application/xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
                <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
                <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
                """);
            Add(zip, "_rels/.rels", $"""<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" """
                + $"""Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Rows" sheetId="1" """
                + $"""r:id="rId1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
                """);
            // Format 49 is text ("@"), 0 is general.
            Add(zip, "xl/styles.xml", $"""
                <styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts>
                <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
                <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
                <cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>
                """);
            using var sheet = Open(zip, "xl/worksheets/sheet1.xml");
            WriteSheet(sheet, rows);
        }

        return bytes.ToArray();
    }

    private static void WriteSheet(Stream stream, IReadOnlyList<RowImage> rows)
    {
        var columns = RowCells.Columns(rows);
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("cols");
        for (var column = 0; column < columns.Count; column++)
        {
            xml.WriteStartElement("col");
            xml.WriteAttributeString("min", Whole(column + 1));
            xml.WriteAttributeString("max", Whole(column + 1));
            xml.WriteAttributeString("width", Whole(Math.Clamp(columns[column].Length + 4, 14, 40)));
            xml.WriteAttributeString("style", IsNumbers(columns[column]) ? "0" : "1");
            xml.WriteAttributeString("customWidth", "1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        WriteRow(xml, 1, columns.Select(name => (name, (RowValue?)new RowValue.Text(name))));
        for (var index = 0; index < rows.Count; index++)
            WriteRow(xml, index + 2, columns.Select(name => (name, rows[index].Attributes.Items.GetValueOrDefault(name))));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteRow(XmlWriter xml, int number, IEnumerable<(string Attribute, RowValue? Value)> cells)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", Whole(number));
        foreach (var ((attribute, value), column) in cells.Select((cell, index) => (cell, index)))
        {
            if (value is null or RowValue.Binary or RowValue.Text { Value: "" }) continue;
            xml.WriteStartElement("c");
            xml.WriteAttributeString("r", Name(column) + Whole(number));
            if (IsNumbers(attribute) && value is RowValue.Number(var digits) && IsExact(digits))
            {
                xml.WriteElementString("v", digits);
            }
            else
            {
                // A text cell is no formula here, but it becomes one where the sheet is saved as CSV and opened again.
                xml.WriteAttributeString("s", "1");
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is");
                xml.WriteStartElement("t");
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Storable(RowCells.Harmless(value, RowCells.Text(attribute, value))));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static bool IsNumbers(string attribute) => attribute == "BudgetValue";

    /// <summary>A spreadsheet counts in binary floating point of 15 digits (ECMA-376, 18.17): a number that it would change goes as text.</summary>
    private static bool IsExact(string digits) =>
        digits.Count(char.IsAsciiDigit) <= 15 && digits.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-');

    /// <summary>
    /// XML 1.0 has no control characters; spreadsheets write them as <c>_x001B_</c>, and a text that looks like one with its first letter so. Source: ECMA-376,
    /// 22.9.2.19 (ST_Xstring).
    /// </summary>
    private static string Storable(string text) => string.Concat(Escaped().Replace(text, "_x005F_$1").EnumerateRunes()
        .Select(rune => (rune.Value < ' ' && rune.Value is not ('\t' or '\n')) || rune.Value is 0xFFFE or 0xFFFF
            ? string.Create(CultureInfo.InvariantCulture, $"_x{rune.Value:X4}_")
            : rune.ToString()));

    [GeneratedRegex("_(x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escaped();

    private static string Name(int column) => column < 26 ? ((char)('A' + column)).ToString() : Name((column / 26) - 1) + (char)('A' + (column % 26));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var stream = Open(zip, name);
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml.Trim()));
    }
}
