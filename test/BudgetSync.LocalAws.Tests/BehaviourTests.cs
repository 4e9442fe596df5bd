using System.Reflection;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.Tests;

public sealed partial class BehaviourTests
{
    [Fact]
    public void Every_rule_of_BEHAVIOUR_md_names_tests_that_exist()
    {
        var known = typeof(BehaviourTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
                .Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        // A line that begins with two spaces goes on with the rule before it.
        var rules = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "BEHAVIOUR.md"))
            .ReplaceLineEndings("\n")
            .Replace("\n  ", " ", StringComparison.Ordinal)
            .Split('\n')
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
            .ToList();

        var wrong = rules.SelectMany(rule => Problems(rule, known)).ToList();

        Assert.NotEmpty(rules);
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Problems(string rule, HashSet<string> known)
    {
        var tests = TestNames().Match(rule);
        if (!tests.Success) return [$"no test is named at the end of: {rule}"];
        return tests.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries)
            .Where(name => !known.Contains(name))
            .Select(name => $"there is no test {name}: {rule}");
    }

    /// <summary>A rule ends with its tests: <c>- rule text [Class.Test_name, Class.Other_test]</c>.</summary>
    [GeneratedRegex(@"\[(?<names>\w+\.\w+(, ?\w+\.\w+)*)\]$")]
    private static partial Regex TestNames();
}
