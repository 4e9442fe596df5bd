using System.Globalization;
using BudgetSync.Core.Spend;

namespace BudgetSync.Cli.Terminal;

/// <summary>The one way in which numbers are written for people: commas between thousands, a point before decimals, whatever the machine's language.</summary>
internal static class Number
{
    public static string Of(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A percentage, a price of a unit: for example <c>80.5</c>, all decimals that count and no more.</summary>
    public static string Of(decimal amount) => amount.ToString("#,0.##########", CultureInfo.InvariantCulture);

    /// <summary>
    /// An amount that a row asks for, never rounded, as a unit of usage may have ten decimals: <c>1,500</c>, or with two decimals at least as in
    /// <c>1,500.50</c>.
    /// </summary>
    public static string Exact(decimal amount) => amount.ToString(amount == decimal.Truncate(amount) ? "#,0" : "#,0.00########", CultureInfo.InvariantCulture);

    /// <summary>
    /// An amount that was computed, to the currency's smallest unit: <c>1,500</c>, <c>1,500.50</c>, in JPY <c>1,501</c>. JSON and CSV have it as it is
    /// (<see cref="Plain"/>).
    /// </summary>
    public static string Money(decimal amount, string unit)
    {
        var rounded = CurrencyDecimals.Round(amount, unit);
        return rounded.ToString(CurrencyDecimals.Format(rounded, unit, "#,0"), CultureInfo.InvariantCulture);
    }

    /// <summary>USD of calls that may cost less than a cent: two decimals, and up to four. For example <c>1,500.00</c>, <c>0.0123</c>.</summary>
    public static string Dollars(decimal amount) => amount.ToString("#,0.00##", CultureInfo.InvariantCulture);

    /// <summary>As a row, a cell or a script takes it: no commas. For example <c>1500.5</c>.</summary>
    public static string Plain(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>For example <c>1 row</c>, <c>1,200 rows</c>.</summary>
    public static string Count(long count, string noun, string? plural = null) => $"{Of(count)} {(count == 1 ? noun : plural ?? noun + "s")}";
}
