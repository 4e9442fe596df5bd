using System.Xml.Linq;

namespace BudgetSync.Repo.Tests;

/// <summary>The arrows of <c>src/README.md</c>: who may know whom.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string, string[]> Arrows() => new()
    {
        { "src/BudgetSync.Core/BudgetSync.Core.csproj", [] },
        { "src/BudgetSync.Aws/BudgetSync.Aws.csproj", ["BudgetSync.Core"] },
        { "src/BudgetSync.Management/BudgetSync.Management.csproj", ["BudgetSync.Aws"] },
        { "src/BudgetSync.Spoke/BudgetSync.Spoke.csproj", ["BudgetSync.Aws"] },
        { "src/BudgetSync.LocalAws/BudgetSync.LocalAws.csproj", [] },
        { "src/BudgetSync.Cli/BudgetSync.Cli.csproj", ["BudgetSync.Aws", "BudgetSync.LocalAws", "BudgetSync.Management", "BudgetSync.Spoke"] },
        { "cdk/BudgetSync.Cdk.csproj", [] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_references_only_what_the_map_allows(string project, string[] allowed)
    {
        var references = XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(allowed, references.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_takes_no_package() =>
        Assert.Empty(
            XDocument.Parse(Repository.Read("src/BudgetSync.Core/BudgetSync.Core.csproj"))
                .Descendants()
                .Where(node => node.Name.LocalName is "PackageReference" or "AwsPackage" or "FrameworkReference"));

    [Fact]
    public void Core_awaits_nothing_and_reads_no_clock()
    {
        var sources = Repository.Files.Where(
            path => path.StartsWith("src/BudgetSync.Core/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sources);
        Assert.Empty(
            sources.Where(
                path => System.Text.RegularExpressions.Regex.IsMatch(Repository.Read(path), @"\bawait\b|\basync\b|\bTask<|TimeProvider|Console\.|File\.")));
    }

    [Fact]
    public void No_project_names_a_package_version_of_its_own()
    {
        var offenders = Repository.Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null));
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_source_file_has_a_second_path_for_the_official_packages()
    {
        var offenders = Repository.Files.Where(
            path => path.EndsWith(".cs", StringComparison.Ordinal) && !path.StartsWith("src/compat/", StringComparison.Ordinal))
            .Where(
                path => System.Text.RegularExpressions.Regex.IsMatch(
                    Repository.Read(path),
                    @"^\s*#if\b",
                    System.Text.RegularExpressions.RegexOptions.Multiline));
        Assert.Empty(offenders);
    }
}
