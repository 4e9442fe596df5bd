using System.Globalization;

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

    /// <summary>An amount that was computed, to the cent: <c>1,500</c>, <c>1,500.50</c>. JSON and CSV have it as it is (<see cref="Plain"/>).</summary>
    public static string Money(decimal amount) => Exact(Cents(amount));

    /// <summary>As <see cref="Money"/>, without commas, where people copy it into rows: <c>1500</c>, <c>1500.50</c>.</summary>
    public static string PlainMoney(decimal amount) =>
        Cents(amount) is var cents && cents == decimal.Truncate(cents) ? Plain(cents) : cents.ToString("0.00", CultureInfo.InvariantCulture);

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>USD of calls that may cost less than a cent: two decimals, and up to four. For example <c>1,500.00</c>, <c>0.0123</c>.</summary>
    public static string Dollars(decimal amount) => amount.ToString("#,0.00##", CultureInfo.InvariantCulture);

    /// <summary>As a row, a cell or a script takes it: no commas. For example <c>1500.5</c>.</summary>
    public static string Plain(decimal amount) => amount.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>For example <c>1 row</c>, <c>1,200 rows</c>.</summary>
    public static string Count(long count, string noun, string? plural = null) => $"{Of(count)} {(count == 1 ? noun : plural ?? noun + "s")}";
}
