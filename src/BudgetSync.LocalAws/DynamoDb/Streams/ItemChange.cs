using BudgetSync.LocalAws.DynamoDb.Items;

namespace BudgetSync.LocalAws.DynamoDb.Streams;

/// <summary>One change of one item as its stream keeps it.</summary>
/// <param name="SequenceNumber">24 digits, greater than that of every earlier change in any shard.</param>
/// <param name="KeyText">The primary key as text.</param>
/// <param name="Old">Before; null for an INSERT.</param>
/// <param name="New">After; null for a REMOVE.</param>
internal sealed record ItemChange(string SequenceNumber, DateTimeOffset At, Attributes Keys, string KeyText, Attributes? Old, Attributes? New)
{
    public string EventName => (Old, New) switch
    {
        (null, _) => "INSERT",
        (_, null) => "REMOVE",
        _ => "MODIFY",
    };
}
