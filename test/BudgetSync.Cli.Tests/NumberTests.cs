using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

public sealed class NumberTests
{
    // Found by a newcomer: status showed 143.281, and the page 1,501 for 1,500.50.
    [Theory]
    [InlineData("143.281", "143.28", "143.281")]
    [InlineData("1500.5", "1,500.50", "1500.5")]
    [InlineData("1500", "1,500", "1500")]
    [InlineData("0.005", "0.01", "0.005")]
    [InlineData("-12.345", "-12.35", "-12.345")]
    public void An_amount_that_was_computed_is_shown_to_the_cent_and_given_to_programs_as_it_is(string amount, string shown, string exact)
    {
        var number = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((shown, exact), (Number.Money(number, "USD"), Number.Plain(number)));
    }

    /// <summary>ISO 4217, list one: the yen has no smaller unit, the dinar a thousandth.</summary>
    [Theory]
    [InlineData("1500.5", "JPY", "1,501")]
    [InlineData("1500.25", "KWD", "1,500.250")]
    [InlineData("1500.25", "EUR", "1,500.25")]
    [InlineData("1500.25", "", "1,500.25")]
    public void Decimals_are_the_currencys(string amount, string unit, string shown)
    {
        var number = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(shown, Number.Money(number, unit));
    }
}
