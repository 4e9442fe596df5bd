using BudgetSync.Cli.Commands.Rows.Files;

namespace BudgetSync.Cli.Tests.Commands.Rows;

/// <summary>
/// Regression: 1500 that a spreadsheet shows as 1500 € was read as 1500 USD. Formats as Excel writes them: ECMA-376, Part 1, 18.8.31 "numFmts", and of a
/// currency with a locale 18.8.30.
/// </summary>
public sealed class ShownCurrencyTests
{
    [Theory]
    [InlineData("#,##0.00\\ \"€\"", "€")]
    [InlineData("[$¥-411]#,##0", "¥")]
    [InlineData("[$€-407]#,##0.00", "€")]
    [InlineData("#,##0.00 \"EUR\"", "EUR")]
    [InlineData("_-* #,##0.00\\ \"kr\"_-", "kr")]
    [InlineData("[$CHF]\\ #,##0", "CHF")]
    [InlineData("\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)", "$")]
    [InlineData("[$$-409]#,##0.00", "$")]
    // The comma style of a German Excel shows none: the sign is room only.
    [InlineData("_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-", null)]
    [InlineData("#,##0.00;[Red]-#,##0.00", null)]
    [InlineData("[$-409]#,##0", null)]
    [InlineData("0.00E+00", null)]
    [InlineData("General", null)]
    [InlineData(null, null)]
    public void The_currency_of_a_format_is_seen(string? format, string? sign) => Assert.Equal(sign, XlsxFormat.Currency(format));

    [Theory]
    [InlineData("€", "EUR", true)]
    [InlineData("€", "USD", false)]
    [InlineData("$", "USD", true)]
    [InlineData("$", "CAD", true)]
    [InlineData("$", "EUR", false)]
    [InlineData("¥", "CNY", true)]
    [InlineData("GBP", "gbp", true)]
    [InlineData("₿", "USD", false)]
    public void A_sign_is_of_a_currency_or_not(string sign, string unit, bool same) => Assert.Equal(same, CurrencySign.IsOf(sign, unit));

    [Theory]
    [InlineData(
        "AccountId,Budget (€)\n111111111101,1500\n",
        "line 2: 111111111101: BudgetValue: the heading \"Budget (€)\" shows \"€\", and the row has no Unit, so it "
            + "is read as USD; write EUR into a column Unit if that is meant, else take the currency away from there")]
    [InlineData("AccountId,Budget (£),Unit\n111111111101,1500,EUR\n", "the heading \"Budget (£)\" shows \"£\", and the row's Unit is \"EUR\"")]
    [InlineData("AccountId,Budget %\n111111111101,1500\n", "line 1: the heading \"Budget %\" says percent, and BudgetValue is an amount of money")]
    [InlineData("AccountId,Budget,Alerts ($)\n111111111101,1500,80\n", "the heading \"Alerts ($)\" says a currency, and numbers of Thresholds are percent")]
    public async Task A_heading_that_says_another_unit_is_refused(string text, string told)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(told, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AccountId,Budget (€),Unit\n111111111101,1500,EUR\n")]
    [InlineData("AccountId,Budget ($),Alerts (%)\n111111111101,1500,80\n")]
    public async Task A_heading_that_says_the_same_is_read(string text)
    {
        using var file = new RowsOnDisk(text, "rows.csv");
        var run = await Tool.RunAsync("rows", "validate", file.Path, "--currencies", "USD,EUR");
        Assert.True(run.ExitCode == ExitCode.Done, run.Out + run.Error);
    }

    [Fact]
    public async Task A_cell_of_a_spreadsheet_that_shows_another_currency_is_refused_with_its_place_and_left_out_by_fix()
    {
        var sheet = Spreadsheet.Of(
            """
            <row r="1"><c r="A1" t="inlineStr"><is><t>AccountId</t></is></c><c r="B1" t="inlineStr"><is><t>BudgetValue</t></is></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>111111111101</t></is></c><c r="B2" s="5"><v>1500</v></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><t>111111111102</t></is></c><c r="B3" s="6"><v>1500</v></c></row>
            """);
        using var file = new RowsOnDisk(sheet, "rows.xlsx");
        var run = await Tool.RunAsync("rows", "validate", file.Path);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("row 2: 111111111101: BudgetValue: the cell B2 shows \"€\", and the row has no Unit", run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("111111111102", run.Out + run.Error, StringComparison.Ordinal);
        var fix = await Tool.RunAsync("rows", "fix", file.Path);
        Assert.Equal((ExitCode.Failed, "AccountId,BudgetValue\n111111111102,1500\n"), (fix.ExitCode, fix.Out));
    }
}
