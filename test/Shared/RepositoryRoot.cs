namespace BudgetSync.Testing;

/// <summary>The repository these tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "BudgetSync.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests must run from inside the repository.");
    }
}
