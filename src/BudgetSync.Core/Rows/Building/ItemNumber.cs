using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Numbers as DynamoDB keeps them, told from their text: no type of .NET holds 38 digits.</summary>
internal static class ItemNumber
{
    /// <summary>Why DynamoDB does not take it, and the way out; null where it does.</summary>
    public static string? Problem(string text)
    {
        const string asText = "write it as a text";
        if (Read(text) is not var (digits, magnitude)) return $"is no number of DynamoDB; {asText}";
        if (digits > AwsLimits.StoredDigits) return $"has {digits} digits; a number of DynamoDB has at most {AwsLimits.StoredDigits}, so {asText}";
        return magnitude is > AwsLimits.LargestMagnitude or < AwsLimits.SmallestMagnitude
            ? $"is beyond what a number of DynamoDB holds (1E{AwsLimits.SmallestMagnitude} to 9.9E+{AwsLimits.LargestMagnitude}); {asText}"
            : null;
    }

    /// <summary>A byte for each two digits, and one more; another for a minus. Source: "DynamoDB item sizes and formats".</summary>
    public static int Bytes(string text) =>
        ((Math.Max(Read(text)?.Digits ?? text.Length, 1) + 1) / 2) + (text.StartsWith('-') ? 2 : 1);

    /// <summary>How many digits there are without zeros at the ends, and the power of ten of the first of them; null where it is no number.</summary>
    private static (int Digits, int Magnitude)? Read(string text)
    {
        var end = text.IndexOfAny(['e', 'E']);
        var mantissa = (end < 0 ? text : text[..end]).TrimStart('+', '-');
        var exponent = 0;
        if (end >= 0 && !int.TryParse(text[(end + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) return null;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = point < 0 ? mantissa : whole + mantissa[(point + 1)..];
        if (all.Length == 0 || !all.All(char.IsAsciiDigit)) return null;
        var first = all.AsSpan().IndexOfAnyExcept('0');
        if (first < 0) return (0, 0);
        // Beyond a million an exponent is out of range whatever the digits are, and the sum must not overflow.
        var magnitude = Math.Clamp(exponent, -1_000_000, 1_000_000) + whole.Length - 1 - first;
        return (all.Trim('0').Length, magnitude);
    }
}
