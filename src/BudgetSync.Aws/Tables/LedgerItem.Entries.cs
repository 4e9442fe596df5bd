using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Tables;

/// <content>One line about a restriction.</content>
internal static partial class LedgerItem
{
    private const string RestrictionPrefix = "restriction#";

    /// <summary>The time of a decision, the restriction and what has happened make the key: deciding the same again writes nothing.</summary>
    public static Dictionary<string, AttributeValue> Recorded(string account, LedgerEntry entry) => LedgerEntryItem.Write(entry, new ItemWriter())
        .Text("AccountId", account)
        .Text("Entry", $"{RestrictionPrefix}{UtcText.Milliseconds(entry.At)}#{entry.Restriction}#{entry.What}")
        .Number("ExpiresAt", entry.At.Add(Limits.LedgerKept).ToUnixTimeSeconds())
        .Done();

    /// <summary>Null for an item that is none.</summary>
    public static LedgerEntry? ParseRecorded(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        return reader.Text("Entry")?.StartsWith(RestrictionPrefix, StringComparison.Ordinal) is true && reader.Time("At") is not null
            ? LedgerEntryItem.Read(reader)
            : null;
    }
}
