using System.Globalization;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>Values as the page prints them: short, and so that they sort by their text where that can be (days, instants).</summary>
internal static class PageText
{
    public const string None = "–";

    /// <summary><c>12.50</c>, <c>1,500.50</c>, <c>1,210</c>; a dash where it is not known.</summary>
    public static string Money(decimal? amount) => amount is { } known ? AmountText.Of(known) : None;

    public static string Money(decimal? amount, string currency) => amount is { } known ? AmountText.Of(known, currency) : None;

    /// <summary>As <see cref="Money(decimal?, string)"/>, without the currency, which stands beside.</summary>
    public static string Digits(decimal? amount, string currency) => amount is { } known ? AmountText.Digits(known, currency) : None;

    /// <summary><c>121 %</c>.</summary>
    public static string Percent(decimal? percent) => percent is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:#,##0} %") : None;

    /// <summary><c>1.91×</c>.</summary>
    public static string Pace(decimal? pace) => pace is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:#,##0.00}×") : None;

    public static string Day(DateOnly? day) => day is { } known ? AmountText.Of(known) : None;

    /// <summary><c>2026-11-28 13:02</c>, UTC as the heading says.</summary>
    public static string Instant(DateTimeOffset? instant) =>
        instant is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : None;

    /// <summary>A coordinate of a drawing: one decimal is finer than a screen.</summary>
    public static string Coordinate(decimal value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
