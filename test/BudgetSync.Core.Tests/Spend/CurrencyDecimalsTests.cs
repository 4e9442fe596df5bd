using System.Globalization;
using BudgetSync.Core.Page;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Tests.Spend;

/// <summary>ISO 4217, list one, column "minor units": what amounts of a currency look like in every sentence and view.</summary>
public sealed class CurrencyDecimalsTests
{
    [Theory]
    [InlineData("USD", "1,234.57 USD", "1,234.57")]
    [InlineData("EUR", "1,234.57 EUR", "1,234.57")]
    [InlineData("JPY", "1,235 JPY", "1,235")]
    [InlineData("KRW", "1,235 KRW", "1,235")]
    [InlineData("KWD", "1,234.567 KWD", "1,234.567")]
    [InlineData("Hrs", "1,234.57 Hrs", "1,234.57")]
    [InlineData("", "1,234.57", "1,234.57")]
    public void An_amount_has_the_decimals_of_its_currency(string unit, string sentence, string beside)
    {
        const decimal amount = 1_234.567m;

        Assert.Equal((sentence, beside), (AmountText.Of(amount, unit), AmountText.Digits(amount, unit)));
        Assert.Equal((sentence, beside), (PageText.Money(amount, unit), PageText.Digits(amount, unit)));
    }

    [Theory]
    [InlineData("KWD", "1,000 KWD")]
    [InlineData("USD", "1,000 USD")]
    public void What_has_none_is_written_without(string unit, string sentence) => Assert.Equal(sentence, AmountText.Of(1_000.0000m, unit));

    [Theory]
    [InlineData("0.5", "JPY", "1")]
    [InlineData("-0.5", "JPY", "-1")]
    [InlineData("0.0005", "KWD", "0.001")]
    [InlineData("0.005", "USD", "0.01")]
    public void Halves_go_away_from_zero(string amount, string unit, string rounded) => Assert.Equal(
        decimal.Parse(rounded, CultureInfo.InvariantCulture), CurrencyDecimals.Round(decimal.Parse(amount, CultureInfo.InvariantCulture), unit));
}
