using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>The sign or code of a currency that stands beside a number or over a column.</summary>
internal static partial class CurrencySign
{
    /// <summary>What a row's amount is in that says nothing of it.</summary>
    public const string Default = "USD";

    /// <summary>Which codes of ISO 4217 a sign may stand for; of one that is not here none is guessed.</summary>
    private static readonly Dictionary<string, string[]> Codes = new(StringComparer.Ordinal)
    {
        ["$"] = ["USD", "AUD", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD"],
        ["US$"] = ["USD"],
        ["€"] = ["EUR"],
        ["£"] = ["GBP"],
        ["¥"] = ["JPY", "CNY"],
        ["￥"] = ["JPY", "CNY"],
        ["₹"] = ["INR"],
        ["₩"] = ["KRW"],
        ["₺"] = ["TRY"],
        ["₪"] = ["ILS"],
        ["฿"] = ["THB"],
        ["R$"] = ["BRL"],
        ["kr"] = ["SEK", "NOK", "DKK"],
        ["zł"] = ["PLN"],
        ["Kč"] = ["CZK"],
        ["Fr."] = ["CHF"],
    };

    /// <summary>The first in a text; null where none is.</summary>
    public static string? In(string text) => Sign().Match(text) is { Success: true } found ? found.Value : null;

    /// <summary>True where it may be that currency: a dollar may be several, a euro is one.</summary>
    public static bool IsOf(string sign, string unit) =>
        sign.Trim().Equals(unit, StringComparison.OrdinalIgnoreCase)
        || (Codes.TryGetValue(sign.Trim(), out var codes) && codes.Contains(unit.ToUpperInvariant()));

    /// <summary>What to write into Unit: <c>EUR</c>, or that its code goes there.</summary>
    public static string CodeOf(string sign) => Codes.GetValueOrDefault(sign.Trim()) is [var one] ? one
        : sign.Length == 3 && sign.All(char.IsAsciiLetterUpper) ? sign : "its code";

    [GeneratedRegex(@"\b[A-Z]{1,2}(?=\p{Sc})\p{Sc}|\p{Sc}|(?<![\p{L}])(?:[A-Z]{3}|kr|zł|Kč|Fr\.)(?![\p{L}])")]
    private static partial Regex Sign();
}
