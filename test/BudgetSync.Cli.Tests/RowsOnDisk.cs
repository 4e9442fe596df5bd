namespace BudgetSync.Cli.Tests;

/// <summary>A file of rows in a folder of its own, gone with the test.</summary>
internal sealed class RowsOnDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("budgetsync-test-");

    public RowsOnDisk(string text, string name = "rows.json") : this(System.Text.Encoding.UTF8.GetBytes(text), name)
    {
    }

    public RowsOnDisk(byte[] bytes, string name)
    {
        Path = System.IO.Path.Combine(folder.FullName, name);
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    /// <summary>A path where no file is.</summary>
    public string Missing => System.IO.Path.Combine(folder.FullName, "missing.csv");

    public void Dispose() => folder.Delete(recursive: true);
}
