using System.Diagnostics;

namespace BudgetSync.Repo.Tests;

/// <summary>The SDK's own command line, as a user calls it; its servers end with it, so that a folder can be deleted afterwards.</summary>
internal static class Dotnet
{
    public sealed record Result(int ExitCode, string Output);

    public static Result Run(string folder, params string[] arguments) => Run(folder, ci: false, arguments);

    public static Result Run(string folder, bool ci, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What the machine of this test says about itself must not decide it: CI sets CI, and the test host hands on MSBuild's own paths.
        foreach (var name in start.Environment.Keys.ToList())
        {
            if (name is "CI" or "CodeChecks" || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)) start.Environment.Remove(name);
        }

        if (ci) start.Environment["CI"] = "true";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
