using System.Globalization;
using System.Text.RegularExpressions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>
/// What to write instead of a text that is no number. A number is advised only where the text is one number and nothing else but a currency: whoever follows
/// the advice must get what he meant, never a wider budget.
/// </summary>
internal static partial class NumberAdvice
{
    private const string Any = "digits with a decimal point, for example 1500.50";

    /// <summary>What AWS bills in. Other three letters are no currency: 10 TSD is no 10.</summary>
    private static readonly HashSet<string> Currencies = new(
        [
            "AED", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR",
            "NOK", "NZD", "PEN", "PHP", "PLN", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "ZAR",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool IsCurrency(string code) => Currencies.Contains(code);

    /// <summary>The end of a sentence that says to write something: <c>12.5</c>, <c>1500, and EUR in Unit</c>, <c>1500 or 1.5</c>.</summary>
    public static string For(string text)
    {
        // What stands in brackets is negative in a spreadsheet, and several numbers are not one: no number can be made of either.
        if (text.StartsWith('(') || text.Contains(';', StringComparison.Ordinal)) return "one number, in " + Any;
        if (Amount().Match(text.Trim()) is not { Success: true } found) return Any;
        var currency = found.Groups["before"].Value + found.Groups["after"].Value;
        if (currency.Length == 3 && currency.All(char.IsAsciiLetter) && !IsCurrency(currency)) return Any;
        if (Digits(found.Groups["number"].Value, currency == "$") is not { } digits) return Any;
        return digits + currency switch
        {
            // A lone dollar is the US one here as in most files, and that is what a row has by default.
            "" or "$" => "",
            { Length: 3 } when currency.All(char.IsAsciiLetter) => $", and {currency.ToUpperInvariant()} in Unit",
            _ => ", and the currency in Unit",
        };
    }

    /// <summary>"12,5" is a decimal comma, "1,500.00" and "1.500,00" have separators of thousands, "1,500" may be either; null for anything else.</summary>
    /// <param name="american">Whoever writes a dollar separates thousands by commas.</param>
    private static string? Digits(string number, bool american)
    {
        if (Either().Match(number) is { Success: true } either && !(american && number.Contains(',', StringComparison.Ordinal)))
            return $"{either.Groups["whole"].Value}{either.Groups["part"].Value} or {Plain(either.Groups["whole"].Value + "." + either.Groups["part"].Value)}";
        if (Simple().IsMatch(number) && !(american && number.Contains(',', StringComparison.Ordinal))) return Plain(number.Replace(',', '.'));
        if (Grouped().Match(number) is not { Success: true } grouped) return null;
        var whole = new string([.. grouped.Groups["whole"].Value.Where(char.IsAsciiDigit)]);
        return Plain(whole + grouped.Groups["part"].Value.Replace(',', '.'));
    }

    private static string? Plain(string number) =>
        decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? NumberText.Format(value) : null;

    // A currency before or behind, never both; behind the number what stands for no cents: 1500,- or 1500.--
    [GeneratedRegex(
        @"\A(?:(?<before>[A-Z]{0,2}\p{Sc}|[A-Za-z]{3})\s*)?\+?(?<number>[0-9](?:[0-9.,'\u2019 \u00A0\u202F]*[0-9])?)(?:[.,][-\u2013\u2014]{1,2})?"
            + @"(?(before)|(?:\s*(?<after>\p{Sc}|[A-Za-z]{3}))?)\z")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\A(?<whole>[1-9][0-9]{0,2})[.,](?<part>[0-9]{3})\z")]
    private static partial Regex Either();

    [GeneratedRegex(@"\A[0-9]+(?:[.,][0-9]+)?\z")]
    private static partial Regex Simple();

    [GeneratedRegex(@"\A(?<whole>[0-9]{1,3}(?<separator>[.,'\u2019 \u00A0\u202F])[0-9]{3}(?:\k<separator>[0-9]{3})*)(?<part>(?!\k<separator>)[.,][0-9]+)?\z")]
    private static partial Regex Grouped();
}
