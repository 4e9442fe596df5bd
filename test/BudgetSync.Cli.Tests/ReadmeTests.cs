using System.Globalization;
using BudgetSync.Cli.Tests.Commands.Local;

namespace BudgetSync.Cli.Tests;

/// <summary>Each command of the root README that runs this tool is run here, as it stands there.</summary>
public sealed class ReadmeTests
{
    private const string Prefix = "dotnet run --project src/BudgetSync.Cli -- ";

    [Fact]
    public async Task Every_command_of_the_README_does_what_it_says()
    {
        var commands = (await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, "README.md")))
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(line => line[Prefix.Length..].Trim())
            .ToList();
        Assert.Equal("local", commands[0]);
        Assert.All(
            ["rows validate", "rows explain", "status", "drift", "plan", "reconcile"],
            name => Assert.Contains(commands, command => command.StartsWith(name, StringComparison.Ordinal)));

        // The first of them stays up, and those with --local talk to it; only its port is the test's own.
        await using var local = await RunningLocal.StartAsync();
        var port = new Uri(local.Endpoint).Port.ToString(CultureInfo.InvariantCulture);
        foreach (var command in commands.Skip(1))
        {
            var words = command.Split(' ').SelectMany(word => word switch
            {
                "--local" => ["--local", port],
                _ when word.StartsWith("src/", StringComparison.Ordinal) => [Path.Combine(RepositoryRoot.Path, word)],
                _ => new[] { word },
            });
            var run = await Tool.RunAsync([.. words]);
            Assert.True(run.ExitCode == ExitCode.Done, $"{command}: exit {run.ExitCode}\n{run.Out}{run.Error}");
        }
    }
}
