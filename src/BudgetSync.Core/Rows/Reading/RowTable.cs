using System.Text;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>The attributes of a row as the table in ROWS.md shows them, from the tables the reader reads by.</summary>
internal static class RowTable
{
    public static string Markdown()
    {
        var text = new StringBuilder("| attribute | DynamoDB type | default | meaning |\n|---|---|---|---|\n");
        foreach (var attribute in RowAttributes.All)
            Append(text, attribute.Name, attribute.Types, attribute.Default, attribute.Meaning);
        foreach (var attribute in BudgetAttributes.All)
            Append(text, attribute.Name, attribute.Types, attribute.Default, attribute.Meaning);
        return text.ToString();
    }

    private static void Append(StringBuilder text, params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
