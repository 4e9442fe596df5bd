using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Tests;

/// <summary>A screen with its running times made equal.</summary>
internal static partial class Timeless
{
    public static string Of(string screen) => Milliseconds().Replace(screen, match => "n".PadLeft(match.Length));

    /// <summary>Without what the day of the month and the time of the first look decide: MoneySummaryTests hold those sentences.</summary>
    public static string OfStatus(string screen) =>
        Ago().Replace(Reported().Replace(Money().Replace(screen.ReplaceLineEndings("\n"), ""), "some time"), "some time ago (then)");

    [GeneratedRegex(@"(?<=the first of them ).+(?= ago)")]
    private static partial Regex Reported();

    [GeneratedRegex(@"^Money of .*\n(?:(?!What |\d+ account|\n).*\n)*", RegexOptions.Multiline)]
    private static partial Regex Money();

    [GeneratedRegex(@"(?<=not applied yet: ).+ ago \(.+\)")]
    private static partial Regex Ago();

    // The last number of a line of the table, which stands alone in a column of fixed width.
    [GeneratedRegex(@"(?<=Applied +)\d+(?= *$)", RegexOptions.Multiline)]
    private static partial Regex Milliseconds();
}
