using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Numbers as people and DynamoDB write them, read exactly or not at all.</summary>
internal static class NumberText
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Removes trailing zeros: dividing by one of this scale leaves the smallest scale that holds the value.
    private const decimal OneOfFullScale = 1.0000000000000000000000000000m;

    /// <summary>The number without trailing zeros (<c>1500.50</c> gives <c>1500.5</c>); otherwise what is wrong and the way out.</summary>
    public static bool TryRead(string text, out decimal value, out string problem)
    {
        value = 0;
        problem = "";
        text = text.Trim();
        if (!LooksLikeNumber(text))
            problem = $"is not a number; write {NumberAdvice.For(text)}";
        else if (!decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out value))
            problem = $"is too large; the largest is {Format(AwsLimits.AmountMaximum)}";
        else if (Digits(text) > AwsLimits.NumberDigits || (value == 0 && HasDigitOtherThanZero(text)))
            problem = $"has more digits than can be kept exactly; write at most {AwsLimits.NumberDigits}";
        value = problem.Length == 0 ? Trim(value) : 0;
        return problem.Length == 0;
    }

    /// <summary>Invariant, no exponent, no trailing zeros: <c>1500.5</c>.</summary>
    public static string Format(decimal value) => Trim(value).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// True of a text like <c>1.500</c>, which is 1500 to one half of the world and 1.5 to the other: three digits after a point that are not needed.
    /// </summary>
    public static bool IsAmbiguous(string text)
    {
        var point = text.Trim().IndexOf('.', StringComparison.Ordinal);
        return point is >= 1 and <= 3
            && text.Trim() is var number
            && number[0] != '0'
            && number.Length == point + 4
            && number.Replace(".", "", StringComparison.Ordinal).All(char.IsAsciiDigit);
    }

    /// <summary>An amount that cannot be read as thousands: with two decimals, which are all that costs have in most currencies.</summary>
    public static string Certain(decimal value) =>
        Format(value) is var text && IsAmbiguous(text) ? Format(decimal.Round(value, 2, MidpointRounding.AwayFromZero)) : text;

    public static decimal Trim(decimal value) => value / OneOfFullScale;

    public static int Decimals(decimal value) => Trim(value).Scale;

    /// <summary>How many digits it takes to write the number, leading and trailing zeros aside.</summary>
    public static int SignificantDigits(decimal value) => Digits(Format(value));

    private static bool LooksLikeNumber(string text)
    {
        var digits = 0;
        var seenPoint = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c is '-' or '+' && (i == 0 || text[i - 1] is 'e' or 'E'))
                continue;
            else if (c == '.' && !seenPoint)
                seenPoint = true;
            else if (c is 'e' or 'E' && digits > 0 && i < text.Length - 1 && char.IsAsciiDigit(text[^1]) && !text.AsSpan(i + 1).ContainsAny("eE."))
                continue;
            else
                return false;
        }

        return digits > 0;
    }

    private static int Digits(string text)
    {
        var end = text.IndexOfAny(['e', 'E']);
        var mantissa = (end < 0 ? text : text[..end]).TrimStart('+', '-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? mantissa.TrimStart('0').TrimEnd('0') : mantissa.TrimEnd('0').Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        return digits.Length;
    }

    private static bool HasDigitOtherThanZero(string text)
    {
        var end = text.IndexOfAny(['e', 'E']);
        return (end < 0 ? text : text[..end]).AsSpan().ContainsAnyInRange('1', '9');
    }
}
