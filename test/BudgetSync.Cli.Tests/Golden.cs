namespace BudgetSync.Cli.Tests;

/// <summary>Screens as files, so that a change of what people see is seen in review. <c>UPDATE_GOLDEN=1 dotnet test</c> writes them anew.</summary>
internal static class Golden
{
    private static readonly string Folder = System.IO.Path.Combine(RepositoryRoot.Path, "test", "BudgetSync.Cli.Tests", "Golden");

    public static void Same(string name, string screen)
    {
        var path = System.IO.Path.Combine(Folder, name);
        // Trailing blanks are nothing a person sees, and editors take them away.
        var text = string.Join('\n', screen.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{name} is missing; UPDATE_GOLDEN=1 writes it:\n{text}");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }
}
