using BudgetSync.Core.Restrictions;

namespace BudgetSync.Aws.Tables;

/// <summary>An entry of the ledger as attributes and back: in the ledger itself, and in the status row until the ledger holds it.</summary>
internal static class LedgerEntryItem
{
    /// <param name="item">What the entry's attributes are added to.</param>
    public static ItemWriter Write(LedgerEntry entry, ItemWriter item) => item
        .Time("At", entry.At)
        .Text("Restriction", entry.Restriction)
        .Text("What", entry.What)
        .Text("Text", entry.Text)
        .Text("Subject", entry.Subject.Length > 0 ? entry.Subject : null)
        .Text("By", entry.By.Length > 0 ? entry.By : null)
        .Text("Rule", entry.Rule.Length > 0 ? entry.Rule : null)
        .Texts("Facts", entry.Facts);

    public static LedgerEntry Read(ItemReader item) =>
        new(item.Time("At") ?? DateTimeOffset.UnixEpoch, item.Text("Restriction") ?? "", item.Text("What") ?? "", item.Text("Text") ?? "")
        {
            Subject = item.Text("Subject") ?? "",
            By = item.Text("By") ?? "",
            Rule = item.Text("Rule") ?? "",
            Facts = item.Texts("Facts"),
        };
}
