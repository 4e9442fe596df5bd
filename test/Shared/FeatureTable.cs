namespace BudgetSync.Testing;

/// <summary>The table of features of AI.md: a sentence of another tool's list, and the row, command, setting or template that does it here.</summary>
internal static class FeatureTable
{
    /// <param name="document">The text of AI.md.</param>
    public static IReadOnlyList<(string Sentence, string Here, string Needs)> Read(string document)
    {
        var begin = document.IndexOf("<!-- features:", StringComparison.Ordinal);
        var end = document.IndexOf("<!-- end of features -->", StringComparison.Ordinal);
        return
        [
            .. document[begin..end].Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(1)
                .Select(line => line.Trim('|', ' ').Split(" | "))
                .Select(cells => (cells[0], cells[1].Trim('`', ' '), cells[2])),
        ];
    }

    public static bool IsRow(string here) => here.StartsWith('{');

    public static bool IsCommand(string here) => here.StartsWith("budgetsync ", StringComparison.Ordinal);

    public static bool IsTemplate(string here) => here.StartsWith("cdk/templates/", StringComparison.Ordinal);

    /// <summary>A setting of the CDK app, as it is given to <c>cdk deploy</c>.</summary>
    public static bool IsSetting(string here) => here.StartsWith("-c ", StringComparison.Ordinal);
}
