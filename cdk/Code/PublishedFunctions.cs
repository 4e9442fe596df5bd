using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace BudgetSync.Cdk.Code;

/// <summary>
/// The two function executables, published by synth itself, so that <c>cdk deploy</c> needs no step before it and can
/// never deploy code older than its source. What is published and how it is kept reproducible says functions.proj.
/// </summary>
/// <param name="Management">The folder that becomes the zip of Propagate, Reconcile and Collect.</param>
/// <param name="Spoke">The folder that becomes the zip of Apply.</param>
internal sealed record PublishedFunctions(string Management, string Spoke)
{
    /// <summary>Folders that are published already: <c>BudgetSync.Management</c> and <c>BudgetSync.Spoke</c> inside <paramref name="folder"/>.</summary>
    public static PublishedFunctions In(string folder) =>
        new(Path.GetFullPath(Path.Combine(folder, "BudgetSync.Management")), Path.GetFullPath(Path.Combine(folder, "BudgetSync.Spoke")));

    /// <summary>Publishes both now, into <c>artifacts/functions</c> of the repository.</summary>
    /// <exception cref="InvalidOperationException">The build failed; what it said is on stderr.</exception>
    public static PublishedFunctions Publish()
    {
        var repository = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", ".."));
        Console.Error.WriteLine("BudgetSync: publishing the function code (Release, linux-x64, ReadyToRun) …");
        var clock = Stopwatch.StartNew();
        using var build = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "msbuild", Path.Combine(repository, "cdk", "functions.proj"), "-nologo", "-verbosity:quiet", "-maxCpuCount" },
            RedirectStandardOutput = true,
            // A dozen compilers that live for seconds: profiling their own code for later is a fifth of their processor time, and there is no later.
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        })!;
        // Everything goes to stderr: stdout belongs to whoever called the CDK CLI.
        while (build.StandardOutput.ReadLine() is { } line)
            Console.Error.WriteLine(line);
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"cdk/functions.proj: dotnet msbuild ended with {build.ExitCode}; its errors are above");
        Console.Error.WriteLine($"BudgetSync: published in {clock.Elapsed.TotalSeconds:0} s");
        return In(Path.Combine(repository, "artifacts", "functions", "publish"));
    }

    private static string FolderOfThisFile([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
