namespace BudgetSync.Cli.Terminal;

/// <summary>The repository that this tool was built in; none where it was installed.</summary>
internal static class SourceTree
{
    /// <summary>The repository's folder, or null.</summary>
    public static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BudgetSync.sln"))) return folder.FullName;
        }

        return null;
    }

    /// <summary>This tool's project as <c>dotnet run</c> takes it from any folder; null where there is no repository.</summary>
    public static string? Project() => Root() is { } root ? Path.Combine(root, "src", "BudgetSync.Cli") : null;
}
