using System.Globalization;

namespace BudgetSync.Core.Spend;

/// <summary>Numbers as explanations print them. The values themselves stay unrounded; only here something is rounded for the eye.</summary>
internal static class AmountText
{
    /// <summary>For example <c>1,210.40</c>, and <c>1,000</c> where there are no cents.</summary>
    public static string Of(decimal amount) => Digits(amount, "");

    /// <summary>For example <c>1,210.40 USD</c>, <c>1,210 JPY</c>.</summary>
    public static string Of(decimal amount, string unit) => unit.Length == 0 ? Of(amount) : $"{Digits(amount, unit)} {unit}";

    /// <summary>As <see cref="Of(decimal, string)"/>, without the unit, where it is said beside.</summary>
    public static string Digits(decimal amount, string unit)
    {
        var rounded = CurrencyDecimals.Round(amount, unit);
        return rounded.ToString(CurrencyDecimals.Format(rounded, unit, "#,##0"), CultureInfo.InvariantCulture);
    }

    /// <summary>A ratio in percent: 1.21 is <c>121.0 %</c>.</summary>
    public static string Percent(decimal ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:#,##0.0} %");

    public static string Of(DateOnly day) => DayText.Format(day);

    public static string Of(DateTimeOffset instant) => UtcText.Minutes(instant);
}
