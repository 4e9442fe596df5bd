using System.IO.Compression;
using System.Text;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>A spreadsheet as programs write it: shared texts, and styles for a number with zeros, a date, a percentage, a time, euros and dollars.</summary>
internal static class Spreadsheet
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <param name="rows">The content of its sheet's data.</param>
    /// <param name="part">Where its sheet is, from the folder of the workbook.</param>
    /// <param name="merged">Cells that are merged; null: none.</param>
    /// <param name="texts">Whether the part with its shared texts is there.</param>
    public static byte[] Of(string rows, string part = "worksheets/sheet1.xml", bool texts = true, string? merged = null)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "_rels/.rels", $"""<Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Office}/officeDocument" """
                + $"""Target="xl/workbook.xml"/></Relationships>""");
            Add(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Budgets" sheetId="1" """
                + $"""r:id="rId1"/></sheets></workbook>""");
            Add(zip, "xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="{Package}"><Relationship Id="rId1" Type="{Office}/worksheet" Target="{part}"/>
                <Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/>
                <Relationship Id="rId3" Type="{Office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>
                """);
            Add(zip, "xl/styles.xml", $"""
                <styleSheet xmlns="{Main}"><numFmts count="4"><numFmt numFmtId="164" formatCode="000000000000"/>
                <numFmt numFmtId="165" formatCode="[h]:mm:ss"/>
                <numFmt numFmtId="166" formatCode="[$€-407]#,##0.00"/><numFmt numFmtId="167" formatCode="&quot;$&quot;#,##0"/></numFmts>
                <cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="166"/>
                <xf numFmtId="167"/></cellXfs></styleSheet>
                """);
            if (texts)
                Add(zip, "xl/sharedStrings.xml", $"""
                    <sst xmlns="{Main}"><si><t>Account ID</t></si><si><t>Thresholds</t></si><si><t>EmailRecipients</t></si>
                    <si><r><t>80, </t></r><r><t>100</t></r></si><si><t>a@example.com</t></si><si><t></t></si></sst>
                    """);
            var merge = merged is null ? "" : $"""<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>""";
            Add(zip, part.StartsWith('/') ? part[1..] : $"xl/{part}", $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData>{merge}</worksheet>""");
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string xml)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(xml.Trim()));
    }
}
