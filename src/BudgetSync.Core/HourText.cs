using System.Globalization;

namespace BudgetSync.Core;

/// <summary>An hour in UTC as the ledger writes it: <c>2026-11-28T20</c>, which sorts as the hours do.</summary>
public static class HourText
{
    private const string Form = "yyyy-MM-dd'T'HH";

    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>When it begins; null where the text is no such hour.</summary>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begin) ? begin : null;
}
