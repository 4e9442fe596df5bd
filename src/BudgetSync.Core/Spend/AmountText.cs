using System.Globalization;

namespace BudgetSync.Core.Spend;

/// <summary>Numbers as explanations print them. The values themselves stay unrounded; only here something is rounded for the eye.</summary>
internal static class AmountText
{
    /// <summary>For example <c>1,210.40</c>, and <c>1,000</c> where there are no cents.</summary>
    public static string Of(decimal amount)
    {
        var cents = Math.Round(amount, 2, MidpointRounding.AwayFromZero);
        return cents.ToString(cents == Math.Truncate(cents) ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>For example <c>1,210.40 USD</c>.</summary>
    public static string Of(decimal amount, string unit) => unit.Length == 0 ? Of(amount) : $"{Of(amount)} {unit}";

    /// <summary>A ratio in percent: 1.21 is <c>121.0 %</c>.</summary>
    public static string Percent(decimal ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:#,##0.0} %");

    public static string Of(DateOnly day) => DayText.Format(day);

    public static string Of(DateTimeOffset instant) => UtcText.Minutes(instant);
}
