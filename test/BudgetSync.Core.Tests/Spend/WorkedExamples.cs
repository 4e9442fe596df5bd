using System.Globalization;
using System.Text.RegularExpressions;

namespace BudgetSync.Core.Tests.Spend;

/// <summary>The numbers that Spend's README works out by hand: a test says the same number again, so that page, test and code cannot part.</summary>
internal static partial class WorkedExamples
{
    private static readonly Dictionary<string, string> Values = Rows().Matches(
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src/BudgetSync.Core/Spend/README.md")))
        .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["value"].Value, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => Values.Keys;

    /// <summary>Asserts that the page says <paramref name="byHand"/>, and the code too once it is rounded to as many places.</summary>
    public static void Hold(string name, string byHand, decimal? computed)
    {
        Assert.Equal(byHand, Values[name]);
        var places = byHand.Contains('.', StringComparison.Ordinal) ? byHand.Length - byHand.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var expected = decimal.Parse(byHand, CultureInfo.InvariantCulture);
        Assert.NotNull(computed);
        Assert.Equal(expected, Math.Round(computed.Value, places, MidpointRounding.AwayFromZero));
        if (places == 0) Assert.Equal(expected, computed);
    }

    public static void Hold(string name, string byHand, string? computed)
    {
        Assert.Equal(byHand, Values[name]);
        Assert.Equal(byHand, computed);
    }

    public static void Hold(string name, string byHand, DateOnly? computed) =>
        Hold(name, byHand, computed?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\| `(?<name>[^`/]+)` \| (?<value>.+?) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
