using System.Text.RegularExpressions;

namespace BudgetSync.Repo.Tests;

/// <summary>A switch that no page names is known to who made it; one that nothing reads misleads whoever sets it.</summary>
public sealed partial class SwitchTableTests
{
    /// <summary>Set by the shell and by Lambda, not by people.</summary>
    private static readonly string[] NotSwitches = ["PATH", "_X_AMZN_TRACE_ID"];

    private static readonly string Table = Repository.Read(".github/CONTRIBUTING.md") is var page
        ? page[page.IndexOf("| switch (environment variable)", StringComparison.Ordinal)..page.IndexOf("## Where a first build", StringComparison.Ordinal)]
        : "";

    [Fact]
    public void Every_variable_that_tests_the_tool_or_CI_read_stands_in_the_table_of_switches()
    {
        var read = Sources()
            .SelectMany(source => Reads().Matches(source).Select(match => match.Groups["name"].Value))
            .Concat(Assigned().Matches(Repository.Read(".ci/run")).Select(match => match.Groups["name"].Value))
            .Distinct()
            .Except(NotSwitches)
            .ToList();
        Assert.Contains("UPDATE_GOLDEN", read);
        Assert.Empty(read.Where(name => !Table.Contains($"`{name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_variable_in_the_table_is_read()
    {
        var sources = Sources().Append(Repository.Read(".ci/run")).ToList();
        var named = Named().Matches(Table).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.True(named.Count > 5);
        Assert.Empty(named.Where(name => !sources.Exists(source => Regex.IsMatch(source, $"\\b{name}\\b"))));
    }

    private static IEnumerable<string> Sources() => Repository.Files
        .Where(path => path.StartsWith("test/", StringComparison.Ordinal) || path.StartsWith("src/BudgetSync.Cli/", StringComparison.Ordinal))
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
        .Select(Repository.Read);

    [GeneratedRegex(@"(GetEnvironmentVariable\(|Variable = )""(?<name>[A-Z_]{4,})""")]
    private static partial Regex Reads();

    /// <summary>What CI sets for a script that it starts.</summary>
    [GeneratedRegex(@"^\s+(?<name>[A-Z_]{4,})=\S+ bash ", RegexOptions.Multiline)]
    private static partial Regex Assigned();

    [GeneratedRegex("`(?<name>[A-Z][A-Z_]{3,})[=`]")]
    private static partial Regex Named();
}
