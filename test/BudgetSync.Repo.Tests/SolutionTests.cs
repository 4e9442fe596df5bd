using System.Text.Json;
using System.Text.RegularExpressions;

namespace BudgetSync.Repo.Tests;

/// <summary>BudgetSync.sln and the filters that open a part of it.</summary>
public sealed partial class SolutionTests
{
    private static readonly string[] Known = ["Core.slnf", "LocalAws.slnf", "Product.slnf"];

    public static TheoryData<string> Filters() => [.. Known];

    [Fact]
    public void The_solution_knows_Debug_and_Release_for_any_processor_and_nothing_else()
    {
        var configurations = Configuration().Matches(Repository.Read("BudgetSync.sln")).Select(match => match.Value).Distinct();
        Assert.Equal(["Debug|Any CPU", "Release|Any CPU"], configurations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Contributors_are_told_of_every_filter()
    {
        Assert.Equal(Known, Repository.Files.Where(path => path.EndsWith(".slnf", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var contributing = Repository.Read(".github/CONTRIBUTING.md");
        Assert.Empty(Known.Where(filter => !contributing.Contains(filter, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_filter_holds_projects_of_the_solution_and_all_that_they_reference(string filter)
    {
        var solution = JsonDocument.Parse(Repository.Read(filter)).RootElement.GetProperty("solution");
        Assert.Equal("BudgetSync.sln", solution.GetProperty("path").GetString());
        var names = solution.GetProperty("projects").EnumerateArray().Select(project => project.GetString()!).ToList();
        var whole = Repository.Read("BudgetSync.sln");
        Assert.Empty(names.Where(name => !whole.Contains($"\"{name}\"", StringComparison.Ordinal)));

        var projects = names.Select(name => name.Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(projects.SelectMany(Projects.ReferencesOf).Where(reference => !projects.Contains(reference)).Distinct());
    }

    [GeneratedRegex(@"\b(Debug|Release)\|[A-Za-z0-9 ]+?(?= =|\.|\r?\n)")]
    private static partial Regex Configuration();
}
