namespace BudgetSync.Core.Tests.Ai;

/// <summary>Tables of AI.md, which tests hold the code to.</summary>
internal static class AiDocument
{
    /// <summary>The cells of the table after the comment that begins with the name; its heading is the first line.</summary>
    public static string[][] Table(string name)
    {
        var document = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src/BudgetSync.Core/AI.md"));
        var begin = document.IndexOf($"<!-- {name}:", StringComparison.Ordinal);
        var end = document.IndexOf($"<!-- end of {name} -->", StringComparison.Ordinal);
        Assert.InRange(begin, 0, end);
        return
        [
            .. document[begin..end].Split('\n').Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray()),
        ];
    }
}
