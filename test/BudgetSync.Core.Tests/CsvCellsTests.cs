namespace BudgetSync.Core.Tests;

public sealed class CsvCellsTests
{
    /// <summary>Source: OWASP, "CSV Injection": = + - @, tab, carriage return, line feed, and the full-width forms of the signs.</summary>
    [Theory]
    [InlineData("=1", true)]
    [InlineData("\t=1", true)]
    [InlineData("\r=1", true)]
    [InlineData("\n=1", true)]
    [InlineData("＝1", true)]
    [InlineData("＋1", true)]
    [InlineData("－1", true)]
    [InlineData("＠a", true)]
    [InlineData("a=1", false)]
    [InlineData("", false)]
    public void What_a_spreadsheet_would_calculate_is_known(string text, bool formula) => Assert.Equal(formula, CsvCells.IsFormula(text));
}
