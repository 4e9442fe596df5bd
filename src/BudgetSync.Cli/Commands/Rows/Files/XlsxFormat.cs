using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>What the format of a cell says of its number (ECMA-376, Part 1, 18.8.31 "numFmts").</summary>
internal static partial class XlsxFormat
{
    /// <summary>True of formats with a part of a date or a time; texts, colours and currencies in them are none.</summary>
    public static bool IsDate(string? format) => format is not null && (ElapsedTime().IsMatch(format) || DateParts().IsMatch(Literals().Replace(format, "")));

    public static bool IsPercent(string? format) => format is not null && Literals().Replace(format, "").Contains('%', StringComparison.Ordinal);

    /// <summary>"000000000000" is how people make a spreadsheet show the zeros that it dropped.</summary>
    public static bool IsZeros(string? format) => format is not null && Zeros().IsMatch(format);

    /// <summary>
    /// The currency that a format shows beside the number: <c>€</c> of <c>#,##0.00\ "€"</c> and of <c>[$€-407]#,##0</c>; null of one that shows
    /// none. A sign behind an underscore is room of its width, and is not shown.
    /// </summary>
    public static string? Currency(string? format)
    {
        if (format is null) return null;
        var named = NamedCurrency().Match(format);
        if (named.Success) return named.Groups[1].Value;
        return CurrencySign.In(Marks().Replace(NotShown().Replace(format, ""), ""));
    }

    [GeneratedRegex(@"\[\$([^\]-]+)(-[^\]]*)?\]")]
    private static partial Regex NamedCurrency();

    [GeneratedRegex(@"[_*].|\[[^\]]*\]|General", RegexOptions.IgnoreCase)]
    private static partial Regex NotShown();

    [GeneratedRegex(@"[""\\]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"""[^""]*""|\\.|[_*].|\[[^\]]*\]|General", RegexOptions.IgnoreCase)]
    private static partial Regex Literals();

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase)]
    private static partial Regex DateParts();

    [GeneratedRegex(@"\[(h+|m+|s+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex ElapsedTime();

    [GeneratedRegex(@"\A0{2,15}\z")]
    private static partial Regex Zeros();
}
