using System.Globalization;

namespace BudgetSync.Core;

/// <summary>A day as it is written everywhere, for people and for machines: <c>2026-01-31</c> (ISO 8601), which sorts as the days do.</summary>
public static class DayText
{
    private const string Form = "yyyy-MM-dd";

    public static string Format(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Null where the text is no such day.</summary>
    public static DateOnly? Parse(ReadOnlySpan<char> text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
