using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Tests;

/// <summary>What is printed to be pasted begins as the tool was started, whatever folder it is pasted in.</summary>
public sealed class InvocationTests
{
    private const string Assembly = "/opt/my tools/budgetsync.dll";

    [Theory]
    [InlineData("/usr/share/dotnet/dotnet", null, "/usr/bin/dotnet", "dotnet '/opt/my tools/budgetsync.dll'")]
    [InlineData("/src/bin/budgetsync", "/my src/BudgetSync.Cli", "/usr/bin/dotnet", "dotnet run --project '/my src/BudgetSync.Cli' --")]
    [InlineData("/src/bin/budgetsync", "/src/BudgetSync.Cli", "", "dotnet run --project /src/BudgetSync.Cli --")]
    [InlineData("/src/bin/budgetsync", "/src/BudgetSync.Cli", "bin/budgetsync", "/src/bin/budgetsync")]
    [InlineData("/home/jane/it's mine/budgetsync", null, "budgetsync", "'/home/jane/it'\\''s mine/budgetsync'")]
    public void The_tool_is_named_as_it_was_started(string program, string? project, string typed, string expected) =>
        Assert.Equal(expected, Invocation.Of(program, Assembly, project, new Dictionary<string, string> { ["_"] = typed, ["PATH"] = "/nowhere" }));

    // Found by a newcomer: 'timeout 60 budgetsync …', installed below a clone, printed commands that ran the clone's project.
    [Theory]
    [InlineData("src/BudgetSync.Cli/bin/Debug/net10.0/", true)]
    [InlineData("artifacts/tool/.store/budgetsync/1.0.0/budgetsync/1.0.0/tools/net10.0/any/", false)]
    [InlineData("src/BudgetSync.Cli/bin/Release/net10.0/publish", false)]
    public void Only_the_output_of_a_project_is_named_by_that_project(string output, bool isProject)
    {
        var clone = Directory.CreateTempSubdirectory("budgetsync-test-");
        try
        {
            var project = Path.Combine(clone.FullName, "src", "BudgetSync.Cli");
            Directory.CreateDirectory(project);
            File.WriteAllText(Path.Combine(clone.FullName, "BudgetSync.sln"), "");
            File.WriteAllText(Path.Combine(project, "BudgetSync.Cli.csproj"), "");
            Assert.Equal(isProject ? project : null, SourceTree.ProjectOf(Path.Combine(clone.FullName, output)));
        }
        finally
        {
            clone.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_tool_on_the_path_is_named_by_its_name()
    {
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-");
        try
        {
            var program = Path.Combine(folder.FullName, "budgetsync");
            File.WriteAllText(program, "");
            var path = new Dictionary<string, string> { ["PATH"] = $"/nowhere{Path.PathSeparator}{folder.FullName}" };
            Assert.Equal("budgetsync", Invocation.Of(program, Assembly, null, path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("plain-1.csv", "plain-1.csv")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("$(rm -rf x)", "'$(rm -rf x)'")]
    [InlineData("it's", "'it'\\''s'")]
    public void A_word_is_one_word_to_a_shell(string word, string quoted) => Assert.Equal(quoted, ShellWord.Quote(word));
}
