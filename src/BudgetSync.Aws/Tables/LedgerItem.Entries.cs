using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Tables;

/// <content>One line about a restriction.</content>
internal static partial class LedgerItem
{
    private const string RestrictionPrefix = "restriction#";

    /// <summary>
    /// The time of a decision, what has happened and the restriction, or the budget of models, make the key: deciding the same again writes nothing.
    /// </summary>
    public static Dictionary<string, AttributeValue> Recorded(string account, LedgerEntry entry) => LedgerEntryItem.Write(entry, new ItemWriter())
        .Text("AccountId", account)
        .Text("Entry", $"{RestrictionPrefix}{UtcText.Milliseconds(entry.At)}#{entry.Restriction}#{entry.What}{Of(entry)}")
        .Number("ExpiresAt", entry.At.Add(Limits.LedgerKept).ToUnixTimeSeconds())
        .Done();

    private static string Of(LedgerEntry entry) => entry.Subject.Length > 0 ? $"#{entry.Subject}" : "";

    /// <summary>What items of one partition say for people, in the order of their keys: entries, then what was told of suspensions from models.</summary>
    public static IEnumerable<LedgerEntry> Trail(IEnumerable<Dictionary<string, AttributeValue>> items)
    {
        var all = items.ToList();
        var told = all.Select(ParseTold).OfType<ToldAlert>().Select(one => (one.At, one.Channel, one.Alert));
        return all.Select(ParseRecorded).OfType<LedgerEntry>().Concat(ToldSuspensions.Of(told));
    }

    /// <summary>Null for an item that is none.</summary>
    public static LedgerEntry? ParseRecorded(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        return reader.Text("Entry")?.StartsWith(RestrictionPrefix, StringComparison.Ordinal) is true && reader.Time("At") is not null
            ? LedgerEntryItem.Read(reader)
            : null;
    }
}
