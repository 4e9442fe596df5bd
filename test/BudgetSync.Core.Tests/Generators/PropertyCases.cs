using System.Globalization;
using FsCheck;

namespace BudgetSync.Core.Tests.Generators;

/// <summary>
/// Which made-up cases properties are tried with: always the same, so that a build that fails says something about its change.
/// <c>PROPERTY_TESTS=20000</c> tries that many others.
/// </summary>
public static class PropertyCases
{
    private static readonly int? Others = Environment.GetEnvironmentVariable("PROPERTY_TESTS") is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;

    /// <param name="cases">How many, where nobody asked for others.</param>
    public static Config Of(int cases) => Others is { } others
        ? Config.QuickThrowOnFailure.WithMaxTest(others)
        : Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(6704532273957420076, 17471352528781624077); // Any; the second has to be odd.
}
