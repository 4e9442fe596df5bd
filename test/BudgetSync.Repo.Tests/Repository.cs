using System.Diagnostics;

namespace BudgetSync.Repo.Tests;

/// <summary>The repository these tests were built from.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Path;

    /// <summary>
    /// What git tracks or would track, as paths with forward slashes; without git (an exported archive) every file outside bin, obj and hidden scratch folders.
    /// </summary>
    public static IReadOnlyList<string> Files { get; } = List();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static List<string> List()
    {
        if (Directory.Exists(Path.Combine(Root, ".git")) || File.Exists(Path.Combine(Root, ".git")))
        {
            using var git = Process.Start(
                new ProcessStartInfo("git", ["-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"]) { RedirectStandardOutput = true })
                ?? throw new InvalidOperationException("git did not start.");
            var listed = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            return [.. listed.Where(path => File.Exists(Path.Combine(Root, path)))];
        }

        return [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "node_modules" or "cdk.out"))];
    }
}
