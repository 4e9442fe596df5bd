using System.Globalization;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>
/// A computed amount: what it is worth, and how it is written, which may have more digits than a decimal holds (AWS answers such: 2641.548000000000022919…).
/// </summary>
internal readonly partial record struct Amount(decimal Value, string Text)
{
    public static Amount Of(decimal value) => new(value, value.ToString("0.0###########################", CultureInfo.InvariantCulture));

    /// <summary>An amount in AWS's own writing; digits beyond a decimal's precision stay in the text only.</summary>
    /// <exception cref="FormatException">It does not match the service model's NumericValue.</exception>
    public static Amount Parse(string text) => Form().IsMatch(text)
        ? new Amount(decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), text)
        : throw new FormatException($"\"{text}\" is no amount that AWS Budgets answers; write digits with a point, for example 2641.548.");

    [GeneratedRegex(@"\A([0-9]*\.)?[0-9]+\z")]
    private static partial Regex Form();
}
