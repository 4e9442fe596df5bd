using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Tables;

/// <content>One line about a restriction.</content>
internal static partial class LedgerItem
{
    private const string RestrictionPrefix = "restriction#";

    /// <summary>The time of a decision, the restriction and what has happened make the key: deciding the same again writes nothing.</summary>
    public static Dictionary<string, AttributeValue> Recorded(string account, LedgerEntry entry) => new ItemWriter()
        .Text("AccountId", account)
        .Text("Entry", $"{RestrictionPrefix}{Time(entry.At)}#{entry.Restriction}#{entry.What}")
        .Time("At", entry.At)
        .Text("Restriction", entry.Restriction)
        .Text("What", entry.What)
        .Text("Text", entry.Text)
        .Text("By", entry.By.Length > 0 ? entry.By : null)
        .Text("Rule", entry.Rule.Length > 0 ? entry.Rule : null)
        .Texts("Facts", entry.Facts)
        .Number("ExpiresAt", entry.At.Add(Limits.LedgerKept).ToUnixTimeSeconds())
        .Done();

    /// <summary>Null for an item that is none.</summary>
    public static LedgerEntry? ParseRecorded(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        if (reader.Text("Entry")?.StartsWith(RestrictionPrefix, StringComparison.Ordinal) is not true || reader.Time("At") is not { } at) return null;
        return new LedgerEntry(at, reader.Text("Restriction") ?? "", reader.Text("What") ?? "", reader.Text("Text") ?? "")
        {
            By = reader.Text("By") ?? "",
            Rule = reader.Text("Rule") ?? "",
            Facts = reader.Texts("Facts"),
        };
    }
}
