using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Net.NetworkInformation;
using BudgetSync.Cli.Stack;
using BudgetSync.Cli.Tests.Commands.Local;
using BudgetSync.Core.Coverage;

namespace BudgetSync.Cli.Tests;

/// <summary>
/// Each command of the root README and of the tool's own that runs this tool is run here word for word: a process of its own, in the repository's folder.
/// </summary>
public sealed class ReadmeTests
{
    private const string Prefix = "dotnet run --project src/BudgetSync.Cli -- ";

    [DefaultPortFact]
    public async Task Every_command_of_the_README_does_what_it_says()
    {
        var commands = await CommandsAsync("README.md");
        Assert.Equal("local", commands[0]);
        Assert.All(
            ["rows validate", "rows explain", "status", "drift", "plan", "reconcile"],
            name => Assert.Contains(commands, command => command.StartsWith(name, StringComparison.Ordinal)));

        // The first of them stays up on its own port, and those with --local find it there.
        await using var local = await RunningLocal.StartAsync("--port", $"{LocalOrganization.DefaultPort}");
        var edits = Directory.CreateTempSubdirectory("budgetsync-test-");
        foreach (var command in commands.Skip(1).Concat(await CommandsAsync("src/BudgetSync.Cli/README.md")))
        {
            var (code, said) = await RunAsync(command, edits.FullName);
            Assert.True(code == ExitCode.Done, $"{command}: exit {code}\n{said}");
        }

        edits.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_command_that_a_table_of_the_tools_README_names_is_one_that_it_understands()
    {
        var named = (await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "README.md")))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => line.Split('`').Where((_, index) => index % 2 == 1))
            .Where(code => code.StartsWith("rows ", StringComparison.Ordinal))
            .ToList();
        Assert.InRange(named.Count, 12, 100);
        var folder = Directory.CreateTempSubdirectory("budgetsync-test-");
        foreach (var command in named)
        {
            var (code, said) = await RunAsync($"{command} --help", folder.FullName);
            Assert.True(code == ExitCode.Done && said.Contains("Description:", StringComparison.Ordinal), $"{command}: exit {code}\n{said}");
            Assert.DoesNotContain("Unrecognized", said, StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_README_explains_every_state_that_status_has_and_no_other()
    {
        var explained = (await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, "README.md")))
            .SkipWhile(line => !line.StartsWith("| state | means |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('`')[1]);
        Assert.Equal(Enum.GetNames<CoverageState>(), explained);
    }

    private static async Task<List<string>> CommandsAsync(string page) =>
    [
        .. (await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, page)))
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(line => line[Prefix.Length..].Trim())
    ];

    /// <summary>The tool that these tests were built with; dotnet run would build it once more.</summary>
    /// <param name="edits">Where it keeps what undoes an edit.</param>
    private static async Task<(int Code, string Said)> RunAsync(string command, string edits)
    {
        var words = CommandLineParser.SplitCommandLine(command);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "budgetsync.dll"), .. words])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What is set on this machine is not the README's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["BUDGETSYNC_HOME"] = edits;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>A fact that listens on the default port, and is skipped, visibly, where somebody else does.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class DefaultPortFactAttribute : FactAttribute
    {
        public DefaultPortFactAttribute()
        {
            if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == LocalOrganization.DefaultPort))
                Skip = $"Port {LocalOrganization.DefaultPort} is taken on this machine; the README's commands need it.";
        }
    }
}
