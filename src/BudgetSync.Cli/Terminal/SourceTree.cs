namespace BudgetSync.Cli.Terminal;

/// <summary>The repository that this tool was built in; none where it was installed.</summary>
internal static class SourceTree
{
    private const string ProjectFile = "BudgetSync.Cli.csproj";

    /// <summary>The repository's folder, or null.</summary>
    public static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BudgetSync.sln"))) return folder.FullName;
        }

        return null;
    }

    /// <summary>
    /// The project whose own output this tool is, as <c>dotnet run</c> takes it from any folder; null where it was installed, also where that was below a
    /// repository: a search upward would find a project that this process was not built from.
    /// </summary>
    /// <param name="output">The folder of the running assembly: of a build <c>bin</c>, the configuration and the framework below the project.</param>
    public static string? ProjectOf(string output)
    {
        var folder = new DirectoryInfo(Path.TrimEndingDirectorySeparator(output));
        return folder.Parent?.Parent is { Name: "bin", Parent: { } project } && File.Exists(Path.Combine(project.FullName, ProjectFile))
            ? project.FullName
            : null;
    }
}
