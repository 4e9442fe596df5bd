using System.Text.Encodings.Web;
using System.Text.Json;
using BudgetSync.Cli.Commands.Rows;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>Files as people have them: what can only mean one thing is read, and told where it was read as another word; what cannot is refused.</summary>
public sealed class RowFileTests
{
    private const string Expected =
        """{"Budgets":[{"BudgetName":"SpokeAccountBudget","BudgetValue":1500.5,"EmailRecipients":["a@example.com"],"Thresholds":[80,100]}],"Version":1}""";

    [Theory]
    [InlineData("rows.csv", "\uFEFFAccountId;BudgetValue;Thresholds;EmailRecipients;;\r\n012345678901;1500.50;80, 100;a@example.com;;\r\n;;;;;\r\n\r\n")]
    [InlineData("rows.csv", "\r\n;;;\r\nAccountId;BudgetValue;Thresholds;EmailRecipients\r\n012345678901;1500.50;80, 100;a@example.com\r\n")]
    [InlineData("rows.csv", "\uFEFFsep=;\r\nAccountId;BudgetValue;Thresholds;EmailRecipients\r\n012345678901;1500.50;80, 100;a@example.com\r\n")]
    [InlineData("rows.tsv", "AccountId\tBudgetValue\tThresholds\tEmailRecipients\n012345678901\t1500.50\t80, 100\ta@example.com\n")]
    [InlineData("rows.csv", " Account ID , Budget ,THRESHOLDS,Email Recipients\n\"=\"\"012345678901\"\"\",1500.50,\"80, 100\",a@example.com\n")]
    [InlineData("rows.json", """[{"AccountId":"012345678901","BudgetValue":1500.5,"Thresholds":[80,100],"EmailRecipients":["a@example.com"]}]""")]
    [InlineData("rows", "{\"AccountId\":\"012345678901\",\"BudgetValue\":1500.5,\"Thresholds\":[80,100],"
        + "\"EmailRecipients\":\"a@example.com\"}\n\n{\"AccountId\":\"222222222202\",\"BudgetValue\":1}\n")]
    [InlineData("rows.yaml", "# comment\n- AccountId: 012345678901\n  BudgetValue: 1500.50\n  Thresholds: [80, 100]\n  EmailRecipients:\n    - "
        + "a@example.com\n")]
    [InlineData("rows", "---\nAccountId: \"012345678901\"\nBudgetValue: 1500.5\nThresholds: 80, 100\nEmailRecipients: a@example.com\n---\nAccountId: "
        + "\"222222222202\"\nBudgetValue: 1\n")]
    [InlineData("scan.json", """
        {"Items":[{"AccountId":{"S":"012345678901"},"BudgetValue":{"N":"1500.5"},"Thresholds":{"NS":["80","100"]},"EmailRecipients":{"SS":["a@example.com"]},
          "Note":{"NULL":true}}],
         "Count":1,"ScannedCount":1,"ConsumedCapacity":null}
        """)]
    [InlineData("item.json", """{"Item":{"AccountId":{"S":"012345678901"},"BudgetValue":{"S":"1500.50"},"Thresholds":{"L":[{"N":"80"},"""
        + """{"N":"100"}]},"EmailRecipients":{"L":[{"S":"a@example.com"}]}}}""")]
    public async Task What_can_only_mean_one_thing_is_read(string name, string text)
    {
        using var file = new RowsOnDisk(text, name);
        Assert.Equal(Expected, await DocumentAsync(file));
    }

    [Theory]
    [InlineData("yes", "No", true)]
    [InlineData("1", "0", true)]
    [InlineData("NO", "Yes", false)]
    [InlineData("0", "1", false)]
    public void Yes_and_no_are_true_and_false_where_an_attribute_is_nothing_else(string enabled, string adopt, bool expected)
    {
        var row = Assert.Single(CsvRows.Read("rows.csv", $"AccountId,BudgetValue,Enabled,Adopt,Note\n012345678901,1,{enabled},{adopt},yes\n").Rows).Image;

        Assert.Equal(new RowValue.Bool(expected), row.Attributes["Enabled"]);
        Assert.Equal(new RowValue.Bool(!expected), row.Attributes["Adopt"]);
        Assert.Equal(new RowValue.Text("yes"), row.Attributes["Note"]);
        Assert.Equal(new RowValue.Number("1"), row.Attributes["BudgetValue"]);
    }

    [Fact]
    public async Task A_spreadsheet_is_read_with_its_numbers_texts_and_formats()
    {
        using var file = new RowsOnDisk(
            Spreadsheet.Of("""
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Budget</t></is></c><c r="C1" t="s"><v>1</v></c>
                <c r="D1" t="s"><v>2</v></c></row>
                <row r="3"><c r="A3" s="1"><v>12345678901</v></c><c r="B3"><f>1500+0.5</f><v>1500.5</v></c><c r="C3" t="s"><v>3</v></c>
                <c r="D3" t="s"><v>4</v></c><c r="F3" t="s"><v>5</v></c></row>
                """),
            "rows.xlsx");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Out));
        Assert.Contains("row 1: \"Account ID\" is read as AccountId, \"Budget\" is read as BudgetValue.", run.Error, StringComparison.Ordinal);
        Assert.Equal(Expected, await DocumentAsync(file));
    }

    [Theory]
    // Lost zeros, a date, a percent of an amount, an error, a formula nobody calculated, a second sheet.
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>12345678901</v></c></row>""", "dropped the leading zeros; write "
        + "012345678901")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1.2345E+17</v></c></row>""", "AccountId")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Budget</t></is></c></row><row r="2"><c r="A2" """
        + """t="inlineStr"><is><t>222222222201</t></is></c><c r="B2" s="2"><v>46000</v></c></row>""", "made a date of the cell B2")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Budget</t></is></c></row><row r="2"><c r="A2" """
        + """t="inlineStr"><is><t>222222222201</t></is></c><c r="B2" s="3"><v>0.8</v></c></row>""", "80%")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>""", "the cell A2 has the error #REF!")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><f>B2</f></c></row>""", "the cell A2 has a formula that was never "
        + "calculated")]
    [InlineData("", "its first sheet is empty")]
    public async Task What_a_spreadsheet_did_to_a_cell_is_told(string rows, string problem)
    {
        using var file = new RowsOnDisk(Spreadsheet.Of(rows), "rows.xlsx");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows.csv", "AccountId;BudgetValue\n222222222201;1,5\n", "line 2: 222222222201: BudgetValue: \"1,5\" is not a number; write 1.5")]
    [InlineData("rows.csv", "AccountId;BudgetValue\n222222222201;1.500,00\n", "BudgetValue: \"1.500,00\" is not a number; write 1500")]
    [InlineData("rows.csv", "AccountId;BudgetValue\n222222222201;1.500\n", "write 1.5 or 1500")]
    [InlineData("rows.csv", "AccountId,BudgetValue\n222222222201,$1500\n", "BudgetValue: \"$1500\" is not a number; write 1500")]
    [InlineData("rows.csv", "AccountId,BudgetValue\n222222222201,€ 1500\n", "write 1500, and the currency in Unit")]
    [InlineData("rows.csv", "AccountId,BudgetValue\n12345678901,5\n", "line 2: 12345678901: AccountId: \"12345678901\" has 11 digits")]
    [InlineData("rows.csv", "AccountId,BudgetValue\n1.23E+11,5\n", "a number that a spreadsheet rounded")]
    [InlineData("rows.csv", "Budget,Amount,AccountId\n1,2,222222222201\n", "column BudgetValue (\"Budget\", \"Amount\") stands there more than once")]
    [InlineData("rows.csv", "AccountId,Name,BudgetValue\n222222222201,shop,1\n", "Name: no such attribute; did you mean BudgetName?")]
    [InlineData("rows.jsonl", "{\"AccountId\":\"222222222201\"}\n{\"AccountId\":\n", "line 2, column 14: is not JSON")]
    [InlineData("scan.json", "{\"Items\":[],\"NextToken\":\"x\"}", "is a scan that was cut off")]
    [InlineData("scan.json", "{\"Items\":[],\"Count\":0}", "holds no row")]
    [InlineData("rows.yaml", "- AccountId: &a \"222222222201\"\n- AccountId: *a\n", "anchors and aliases are not supported")]
    [InlineData("rows.yaml", "- AccountId: \"222222222201\"\n  BudgetValue: 1\n  BudgetValue: 2\n", "line 1: 222222222201: BudgetValue: stands more than once")]
    [InlineData("rows.yaml", "- AccountId: \"222222222201\"\n  BudgetValue: 1,5\n", "\"1,5\" is not a number; write 1.5")]
    [InlineData("rows.yaml", "- AccountId: \"2\n", "is not YAML")]
    [InlineData("rows.yaml", "- 5\n", "line 1: should be a map of attributes")]
    [InlineData("rows.yaml", "- AccountId: !!binary aaaa\n", "the tag tag:yaml.org,2002:binary is not supported")]
    [InlineData("rows.xlsx", "PK\u0003\u0004 and no more", "is no spreadsheet that can be read")]
    public async Task What_cannot_be_understood_safely_is_refused_with_its_place_and_a_way_out(string name, string text, string problem)
    {
        using var file = new RowsOnDisk(text, name);
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(problem, run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a fault of this tool", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_corrected_as_far_as_the_refusals_know_how_and_each_correction_is_told()
    {
        using var file = new RowsOnDisk(
            "Account ID;Budget;Treshold;E-Mail Recipients;Owner;Enabled\n12345678901;€ 1.500,00;80;mailto:a@example.com;jane;yes\n222222222202;1,5;\"80; "
                + "90\";;;\n"
                + "222222222203;1.500;;;;\n1.23E+11;7;;;;\n",
            "rows.csv");
        var run = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(
            "AccountId,BudgetValue,Unit,Thresholds,EmailRecipients,Enabled,x-Owner\n012345678901,1500,EUR,80,a@example.com,true,jane\n"
                + "222222222202,1.5,,\"80, 90\",,,\n222222222203,1.500,,,,,\n1.23E+11,7,,,,,\n",
            run.Out);
        Assert.Contains("line 2: BudgetValue: \"€ 1.500,00\" is now \"1500\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 2: AccountId: \"12345678901\" is now \"012345678901\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 4: 222222222203: BudgetValue: \"1.500\" is 1.5 here and 1500", run.Error, StringComparison.Ordinal);
        Assert.Contains("a number that a spreadsheet rounded", run.Error, StringComparison.Ordinal);
        Assert.Contains("3 problems left for you.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_right_comes_back_as_it_is_and_what_was_corrected_is_valid()
    {
        using var file = new RowsOnDisk("AccountId,BudgetValue\n12345678901,\"1,5\"\n", "rows.csv");
        var corrected = Path.Combine(Path.GetDirectoryName(file.Path)!, "corrected.csv"); // A file stands in a folder.
        Assert.Equal(ExitCode.Done, (await Tool.RunAsync("rows", "fix", file.Path, corrected)).ExitCode);
        Assert.Equal("1 row, all valid.\n", (await Tool.RunAsync("rows", "validate", corrected)).Error);
        var again = await Tool.RunAsync("rows", "fix", corrected);
        Assert.Equal((await File.ReadAllTextAsync(corrected), "1 row, 0 corrections, nothing is left wrong.\n"), (again.Out, again.Error));
    }

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<string> DocumentAsync(RowsOnDisk file)
    {
        var run = await Tool.RunAsync("rows", "explain", file.Path, "--account", "012345678901", "--json");
        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
        return run.Account("012345678901")["document"]!.ToJsonString(Compact);
    }
}
