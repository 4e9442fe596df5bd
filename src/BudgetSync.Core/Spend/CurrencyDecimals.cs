using System.Collections.Frozen;

namespace BudgetSync.Core.Spend;

/// <summary>
/// How many decimals amounts of a currency have for people: 2, but for those of ISO 4217 that have no smaller unit or one of a thousandth (list one, column
/// "minor units"). What AWS Budgets takes of a limit is another question (<see cref="Budgets.AwsLimits.CostDecimals"/>).
/// </summary>
public static class CurrencyDecimals
{
    private const int Usual = 2;

    private static readonly FrozenSet<string> None = new[]
    {
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Three =
        new[] { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="unit"><c>JPY</c>: 0; <c>KWD</c>: 3; any other, also what is no currency: 2.</param>
    public static int Of(string unit) => None.Contains(unit) ? 0 : Three.Contains(unit) ? 3 : Usual;

    /// <summary>To the smallest unit of the currency, halves away from zero.</summary>
    public static decimal Round(decimal amount, string unit) => Math.Round(amount, Of(unit), MidpointRounding.AwayFromZero);

    /// <summary>A format of .NET: none of the decimals, or all of them.</summary>
    /// <param name="whole">How digits before the point are written: <c>#,##0</c>.</param>
    public static string Format(decimal rounded, string unit, string whole) =>
        rounded == Math.Truncate(rounded) ? whole : $"{whole}.{new string('0', Of(unit))}";
}
