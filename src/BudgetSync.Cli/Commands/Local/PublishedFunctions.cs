using System.Diagnostics;
using System.Runtime.InteropServices;
using BudgetSync.Cli.Terminal;
using BudgetSync.LocalAws;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>
/// The two executables as they are deployed: published for linux-x64 with ReadyToRun where this machine is one, else for this machine without it.
/// </summary>
/// <param name="Folder">Holds a folder for each executable.</param>
internal sealed record PublishedFunctions(string Folder)
{
    private static readonly string[] Executables = ["BudgetSync.Management", "BudgetSync.Spoke"];

    /// <summary>Publishes both from the repository this tool was built in; what is up to date is not built again.</summary>
    /// <exception cref="CommandException">This tool does not stand in a repository, or the publishing failed.</exception>
    public static async Task<PublishedFunctions> PublishAsync(ConsoleContext terminal, CancellationToken cancellation)
    {
        var root = SourceTree.Root()
            ?? throw new CommandException(
                "--functions process: publishes the executables from the repository, and this tool does not stand in one; leave the option out");
        var folder = Path.Combine(root, "artifacts", "functions");
        foreach (var executable in Executables)
        {
            await terminal.Error.WriteAsync($"Publishing {executable} ... ");
            List<string> arguments =
            [
                "publish",
                Path.Combine(root, "src", executable),
                "-c",
                "Release",
                "-o",
                Path.Combine(folder, executable),
                "--nologo",
                "-v",
                "quiet"
            ];
            if (OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64)
                arguments.AddRange(["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"]);
            var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0) throw new CommandException($"--functions process: publishing {executable} failed:\n{await output}{await error}");
            await terminal.Error.WriteLineAsync("done");
        }

        return new PublishedFunctions(folder);
    }

    public void UseIn(LocalCloud cloud)
    {
        foreach (var executable in Executables)
            cloud.Lambda.UseProcesses(executable, new ProcessCommand("dotnet", [Path.Combine(Folder, executable, $"{executable}.dll")]));
    }
}
