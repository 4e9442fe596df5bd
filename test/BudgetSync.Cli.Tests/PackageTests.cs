using System.Diagnostics;

namespace BudgetSync.Cli.Tests;

/// <summary>The tool as people install it: packed, installed from a folder, run outside the repository.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task The_package_installs_from_a_folder_and_runs_the_whole_system_outside_the_repository()
    {
        var folder = Directory.CreateTempSubdirectory("budgetsync-package-");
        try
        {
            var (packages, tools) = (Path.Combine(folder.FullName, "packages"), Path.Combine(folder.FullName, "tools"));
            var project = Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli");
            // What these tests were built with is what is packed: bin/CONFIGURATION/FRAMEWORK/.
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            await RunAsync(folder.FullName, "dotnet", "pack", project, "--no-build", "-c", configuration, "-o", packages, "-nologo");
            await RunAsync(folder.FullName, "dotnet", "tool", "install", "BudgetSync", "--tool-path", tools, "--source", packages);

            var said = await RunAsync(folder.FullName, Path.Combine(tools, "budgetsync"), "local", "--once");

            Assert.Contains("12 rows: 12 Applied", said, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_section_Install_packs_and_installs_as_the_test_does()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "src", "BudgetSync.Cli", "README.md"));
        var section = readme.Split("\n## ").Single(part => part.StartsWith("Install\n", StringComparison.Ordinal));
        var folder = Assert.Single(section.Split('\n'), line => line.StartsWith("dotnet pack src/BudgetSync.Cli ", StringComparison.Ordinal)).Split(' ')[^1];
        var install = Assert.Single(section.Split('\n'), line => line.StartsWith("dotnet tool install BudgetSync ", StringComparison.Ordinal));
        Assert.EndsWith($" --add-source \"$PWD/{folder}\"", install, StringComparison.Ordinal);
        foreach (var page in new[] { "README.md", Path.Combine("src", "BudgetSync.Cli", "JOBS.md"), Path.Combine("cdk", "MIGRATING.md") })
            Assert.Contains("README.md#install", await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, page)), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A tool of a package starts by its own host, which looks for the runtime where this variable says.
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath) ?? "";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "cache");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}\n{await output}{await error}");
        return await output;
    }
}
