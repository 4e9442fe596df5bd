using BudgetSync.Cli.Commands.Rows.Files;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Spreadsheets of which a reader would lose a row or guess a value: each is refused with the place and a way out.</summary>
public sealed class HostileSpreadsheetTests
{
    private const string Header =
        """<row r="1"><c r="A1" t="inlineStr"><is><t>AccountId</t></is></c><c r="B1" t="inlineStr"><is><t>BudgetValue</t></is></c></row>""";

    private const string Key = """<c r="A2" t="inlineStr"><is><t>111111111101</t></is></c>""";

    [Theory]
    // Numbers that are no percentage, no time and no date.
    [InlineData("""<c r="B2" s="3"><v>1E+300</v></c>""", "row 2: 111111111101: BudgetValue: the cell B2 is formatted as a percentage and holds 1E+300")]
    [InlineData("""<c r="B2" s="3"><v>NaN</v></c>""", "the cell B2 is a number, and \"NaN\" is none; write the value itself")]
    [InlineData("""<c r="B2" s="4"><v>1E+20</v></c>""", "formatted as a time holds a number beyond every time (the largest of the file is in B2); format")]
    [InlineData("""<c r="B2" s="2"><v>1E+10</v></c>""", "BudgetValue: the cell B2 is formatted as a date and holds 10000000000, which is none; format")]
    // One reader's thousands are the next one's decimals, and another word than 1 is read as false.
    [InlineData("""<c r="B2"><v>1,500</v></c>""", "the cell B2 is a number, and \"1,500\" is none; write the value itself")]
    [InlineData("""<c r="B2" t="b"><v>true</v></c>""", "the cell B2 is true or false, and \"true\" is neither 1 nor 0; write it anew")]
    // Two values for one place.
    [InlineData("""<c r="B2"><v>5</v></c><c r="B2"><v>7</v></c>""", "the cell B2 stands twice in its row, and one of them would be lost; open the file")]
    [InlineData("""<c r="B2"><v>5</v><v>7</v></c>""", "the cell B2 has two values, of which one would be lost; write")]
    [InlineData("""<c r="C2"><v>5</v></c><c r="B2"><v>7</v></c>""", "the cell B2 stands behind C2 in its row, and may be lost; open the file")]
    [InlineData("""<c r="B7"><v>7</v></c>""", "the cell B7 stands in row 2; open the file")]
    [InlineData("""<c r="2"><v>7</v></c>""", "row 2: a cell's place is \"2\", which is none; open the file")]
    // Texts that are not there.
    [InlineData("""<c r="B2" t="s"><v>6</v></c>""", "the cell B2 names the file's text 6, and the file has 6; write the value itself")]
    [InlineData("""<c r="B2" t="s"><v>5.5</v></c>""", "the cell B2 names a text of the file by a number, and \"5.5\" is none; open the file")]
    public Task A_cell_that_would_be_lost_or_guessed_is_refused(string cell, string told) =>
        RefusedAsync(Spreadsheet.Of($"""{Header}<row r="2">{Key}{cell}</row>"""), told);

    [Theory]
    [InlineData("2", "2", "row 2 stands twice in the sheet, and one of them would be lost; open the file")]
    [InlineData("3", "2", "row 2 stands behind row 3 in the sheet, and may be lost; open the file")]
    [InlineData("2", "x", "a row is numbered \"x\", and a spreadsheet has rows 1 to 1,048,576; open the file")]
    public Task A_row_that_would_be_lost_is_refused(string first, string second, string told) => RefusedAsync(
        Spreadsheet.Of(
            $"""{Header}<row r="{first}"><c t="inlineStr"><is><t>111111111101</t></is></c></row>"""
                + $"""<row r="{second}"><c t="inlineStr"><is><t>222222222202</t></is></c></row>"""),
        told);

    [Fact]
    public Task Texts_without_their_part_are_refused() => RefusedAsync(
        Spreadsheet.Of($"""{Header}<row r="2">{Key}<c r="B2" t="s"><v>4</v></c></row>""", texts: false),
        "the cell B2 names the file's text 4, and the file has 0; write the value itself");

    [Fact]
    public async Task Every_such_cell_is_told_at_once()
    {
        var row = new string[] { "<f>A1</f>", "<v>1,500</v>" }.Select((cell, index) => $"""<row r="{index + 2}"><c r="B{index + 2}">{cell}</c></row>""");
        var sheet = Spreadsheet.Of($"{Header}{string.Concat(row)}");
        await RefusedAsync(sheet, "the cell B2 has a formula that was never calculated");
        await RefusedAsync(sheet, "the cell B3 is a number, and \"1,500\" is none");
        var formulas = Enumerable.Range(2, 25).Select(number => $"""<row r="{number}"><c r="B{number}"><f>A{number}</f></c></row>""");
        await RefusedAsync(Spreadsheet.Of($"{Header}{string.Concat(formulas)}"), "… and 5 more cells");
    }

    /// <summary>[MS-CFB] 2.2: the eight bytes that a compound file begins with.</summary>
    [Theory]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0 }, "is a spreadsheet of the old form (.xls) or one with a password")]
    [InlineData(new byte[] { 0x50, 0x4B, 0x05 }, "is called .xlsx and is no spreadsheet: it does not begin as one")]
    [InlineData(new byte[] { }, "is called .xlsx and is no spreadsheet: it does not begin as one")]
    public Task A_file_that_is_no_spreadsheet_by_its_first_bytes_is_said_to_be_none(byte[] bytes, string told) => RefusedAsync(bytes, told);

    [Fact]
    public Task Data_in_two_places_of_a_sheet_are_refused() => RefusedAsync(
        Spreadsheet.Of($"""{Header}</sheetData><sheetData><row r="2">{Key}</row>"""), "a sheet has its cells in two places, of which one would be lost; open");

    /// <summary>A formula that nothing calculated is an empty cell to a reader, wherever the sheet stands and whatever its name ends in.</summary>
    [Theory]
    [InlineData("worksheets/sheet1.xml", "the cell B2 has a formula that was never calculated")]
    [InlineData("tables/sheet1.xml", "the cell B2 has a formula that was never calculated")]
    [InlineData("/sheet1.xml", "the cell B2 has a formula that was never calculated")]
    [InlineData("worksheets/sheet1.XML", "the part xl/worksheets/sheet1.XML has a name that does not end in .xml; open the file")]
    [InlineData("worksheets/sheet1", "the part xl/worksheets/sheet1 has a name that does not end in .xml; open the file")]
    public Task Cells_are_looked_through_wherever_their_sheet_stands(string part, string told) =>
        RefusedAsync(Spreadsheet.Of($"""{Header}<row r="2">{Key}<c r="B2"><f>A2*2</f></c></row>""", part), told);

    /// <summary>ECMA-376, Part 1, 18.3.1.55 "mergeCells": only the first cell of them has a value.</summary>
    [Fact]
    public Task Merged_cells_are_refused() => RefusedAsync(
        Spreadsheet.Of($"""{Header}<row r="2">{Key}<c r="B2"><v>7777</v></c></row>""", merged: "B2:B3"),
        "the cells B2:B3 are merged, and all but B2 would be read as empty; unmerge them and write the value into each");

    /// <summary>Regression: a file of half a megabyte, with a fault in each of its cells, took two gigabytes.</summary>
    [Fact]
    public void Of_faults_beyond_number_the_first_are_kept_and_all_are_counted()
    {
        var scan = new XlsxScan();
        for (var index = 0; index < 100_000; index++) scan.AddFault($"fault {index}");
        Assert.Equal((XlsxScan.MostFaults, 100_000, "fault 0"), (scan.Faults.Count, scan.FaultCount, scan.Faults[0]));
    }

    [Fact]
    public async Task A_sheet_of_another_folder_is_read()
    {
        using var file = new RowsOnDisk(Spreadsheet.Of($"""{Header}<row r="2">{Key}<c r="B2"><v>5</v></c></row>""", "tables/budgets.xml"), "rows.xlsx");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Done, "1 row, all valid.\n"), (run.ExitCode, run.Error));
    }

    private static async Task RefusedAsync(byte[] spreadsheet, string told)
    {
        using var file = new RowsOnDisk(spreadsheet, "rows.xlsx");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(told, run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
    }
}
