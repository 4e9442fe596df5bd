using System.Diagnostics;

namespace BudgetSync.Cdk.Tests;

/// <summary>AWS's linter of templates. There is no configuration file: nothing that it finds is excepted.</summary>
internal static class CfnLint
{
    /// <returns>All errors and warnings; empty is clean. Its hints are about the style of templates written by hand.</returns>
    public static string Run(IEnumerable<string> folders)
    {
        var start = new ProcessStartInfo("cfn-lint") { WorkingDirectory = RepositoryRoot.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--template");
        foreach (var template in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.template.json")).Order())
            start.ArgumentList.Add(template);
        using var lint = Process.Start(start)!;
        var errors = lint.StandardError.ReadToEndAsync();
        var found = lint.StandardOutput.ReadToEnd();
        lint.WaitForExit();
        return (found + errors.GetAwaiter().GetResult()).Trim();
    }
}
