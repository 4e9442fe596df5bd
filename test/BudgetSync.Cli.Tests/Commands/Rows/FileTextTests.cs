using System.IO.Compression;
using System.Text;
using BudgetSync.Cli.Commands.Rows;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>What is no UTF-8 is told with the place where that shows, and what it likely is.</summary>
public sealed class FileTextTests
{
    [Fact]
    public void UTF_16_without_its_mark_an_older_code_page_and_a_zero_are_told_with_their_place()
    {
        const string text = "AccountId,x-Owner\n111111111101,Jos\u00e9\n";
        Assert.Equal(
            "rows.csv: line 1: byte 2 of the file is zero, as every second one of UTF-16 is, and the byte order mark of UTF-16 is missing; save it as UTF-8 "
                + "(in a spreadsheet: \"CSV UTF-8\")",
            Told(Encoding.Unicode.GetBytes(text)));
        Assert.StartsWith(
            "rows.csv: line 1: byte 1 of the file is zero, as every second",
            Told(Encoding.BigEndianUnicode.GetBytes(text)),
            StringComparison.Ordinal);
        Assert.Equal(
            "rows.csv: line 2: byte 35 of the file is not UTF-8 text, so it may be of an older code page, such as Windows-1252; save it as UTF-8 (in a "
                + "spreadsheet: \"CSV UTF-8\")",
            Told(Encoding.Latin1.GetBytes(text)));
        Assert.Equal(
            "rows.csv: line 2: byte 21 of the file is zero, which no text has; take it out there, or save the file anew as UTF-8",
            Told("AccountId,x-Owner\n11\0"u8.ToArray()));
        Assert.StartsWith("rows.csv: line 2: a character there is zero", Told([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\n\0")]), StringComparison.Ordinal);
        Assert.Equal(text, RowFileText.Decode("rows.csv", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)]));
    }

    private static string Told(byte[] bytes) => Assert.Throws<CommandException>(() => RowFileText.Decode("rows.csv", bytes)).Message;

    [Theory]
    [InlineData("- &row\n  AccountId: \"111111111101\"\n  BudgetValue: 1\n")]
    [InlineData("- AccountId: \"111111111101\"\n  &key BudgetValue: 1\n")]
    [InlineData("--- &all\n- AccountId: \"111111111101\"\n  BudgetValue: 1\n")]
    public async Task An_anchor_that_nothing_names_is_refused_too(string yaml)
    {
        using var file = new RowsOnDisk(yaml, "rows.yaml");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("anchors and aliases are not supported; write the value out", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A document type may name other files, and one that grows without end; ECMA-376, Part 2, "XML usage", forbids it.</summary>
    [Fact]
    public async Task A_spreadsheet_with_a_document_type_is_told_what_to_do()
    {
        using var bytes = new MemoryStream();
        await bytes.WriteAsync(Spreadsheet.Of("<row r=\"1\"/>"));
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/worksheets/sheet1.xml")!.Delete(); // Spreadsheet writes it.
            using var part = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open());
            await part.WriteAsync("<!DOCTYPE worksheet><worksheet/>");
        }

        using var file = new RowsOnDisk(bytes.ToArray(), "rows.xlsx");
        Assert.Equal(
            $"budgetsync: {file.Path}: xl/worksheets/sheet1.xml has a document type (DTD), which no spreadsheet has; open the file in a spreadsheet program "
                + "and save it as .xlsx, or as CSV UTF-8\n",
            (await Tool.RunAsync("rows", "validate", file.Path)).Error);
    }
}
