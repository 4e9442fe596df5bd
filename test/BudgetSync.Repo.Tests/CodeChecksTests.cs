using System.Text.Json;

namespace BudgetSync.Repo.Tests;

/// <summary>Who builds without analyzers (Directory.Build.props, <c>CodeChecks</c>): a user's first run, and nobody else.</summary>
public sealed class CodeChecksTests : IDisposable
{
    /// <summary>Uses the clock that BannedSymbols.txt forbids, and a namespace that it does not need: one finding of an analyzer, one of code style.</summary>
    private const string Faulty = """
        using System.Text;

        namespace BudgetSync.Core;

        public static class Today
        {
            public static DateTime Value => DateTime.Now;
        }
        """;

    /// <summary>What of the root decides how a project is built.</summary>
    private static readonly string[] BuildFiles =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-checks-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("src/BudgetSync.Cli/BudgetSync.Cli.csproj")]
    [InlineData("cdk/BudgetSync.Cdk.csproj")]
    public void A_users_two_ways_in_build_without_analyzers_until_something_checked_them(string project)
    {
        Assert.Equal("false", Properties(project)["RunAnalyzers"]);
        Assert.Equal("true", Properties(project, "-p:SolutionFileName=BudgetSync.sln")["RunAnalyzers"]);
        Assert.Equal("true", Properties(project, $"-p:CodeChecked={Path.Combine(Repository.Root, "global.json")}")["RunAnalyzers"]);
    }

    [Fact]
    public void CI_checks_whatever_it_builds() =>
        Assert.Equal("true", Properties("src/BudgetSync.Cli/BudgetSync.Cli.csproj", ci: true)["RunAnalyzers"]);

    [Theory]
    [InlineData("src/BudgetSync.Core/BudgetSync.Core.csproj")]
    [InlineData("src/BudgetSync.Management/BudgetSync.Management.csproj")]
    [InlineData("test/BudgetSync.Cli.Tests/BudgetSync.Cli.Tests.csproj")]
    [InlineData("test/BudgetSync.Benchmarks/BudgetSync.Benchmarks.csproj")]
    public void Every_other_project_is_checked_by_itself_too(string project)
    {
        var properties = Properties(project);
        Assert.Equal(("true", "true", "true"), (properties["RunAnalyzers"], properties["EnforceCodeStyleInBuild"], properties["TreatWarningsAsErrors"]));
    }

    [Fact]
    public void A_stand_in_costs_no_analyzer_and_no_documentation_file()
    {
        var properties = Properties("src/compat/AWSSDK.Budgets/AWSSDK.Budgets.csproj", "-p:SolutionFileName=BudgetSync.sln");
        Assert.Equal(("false", "false", "false"), (properties["RunAnalyzers"], properties["EnforceCodeStyleInBuild"], properties["GenerateDocumentationFile"]));
        Assert.Equal("true", properties["TreatWarningsAsErrors"]);
    }

    [Fact]
    public void What_a_first_run_compiled_unchecked_is_refused_by_every_later_build_of_the_solution()
    {
        foreach (var name in BuildFiles) File.Copy(Path.Combine(Repository.Root, name), Path.Combine(folder.FullName, name));
        Write("src/BudgetSync.Core/BudgetSync.Core.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        Write("src/BudgetSync.Core/Today.cs", Faulty);
        Write("src/BudgetSync.Cli/BudgetSync.Cli.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <ProjectReference Include="../BudgetSync.Core/BudgetSync.Core.csproj" />
              </ItemGroup>
            </Project>
            """);
        Write("BudgetSync.slnx", """
            <Solution>
              <Project Path="src/BudgetSync.Cli/BudgetSync.Cli.csproj" />
              <Project Path="src/BudgetSync.Core/BudgetSync.Core.csproj" />
            </Solution>
            """);

        var first = Dotnet.Run(folder.FullName, "build", "src/BudgetSync.Cli");
        Assert.True(first.ExitCode == 0, first.Output);
        // Twice: a build that failed must not count as done.
        for (var time = 0; time < 2; time++)
        {
            var checkedBuild = Dotnet.Run(folder.FullName, "build", "BudgetSync.slnx");
            Assert.NotEqual(0, checkedBuild.ExitCode);
            Assert.Contains("error RS0030", checkedBuild.Output, StringComparison.Ordinal);
            Assert.Contains("error IDE0005", checkedBuild.Output, StringComparison.Ordinal);
        }
    }

    private Dictionary<string, string> Properties(string project, params string[] arguments) => Properties(project, ci: false, arguments);

    /// <summary>As in a clone where nothing has been checked yet, unless the arguments say otherwise.</summary>
    private Dictionary<string, string> Properties(string project, bool ci, params string[] arguments)
    {
        string[] asked = ["msbuild", project, "-getProperty:RunAnalyzers,EnforceCodeStyleInBuild,GenerateDocumentationFile,TreatWarningsAsErrors"];
        string[] fresh = arguments.Any(argument => argument.StartsWith("-p:CodeChecked=", StringComparison.Ordinal))
            ? []
            : [$"-p:CodeChecked={Path.Combine(folder.FullName, "nothing-yet")}"];
        var result = Dotnet.Run(Repository.Root, ci, [.. asked, .. fresh, .. arguments]);
        Assert.True(result.ExitCode == 0, result.Output);
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("Properties").EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value.GetString() ?? "");
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text + Environment.NewLine);
    }
}
