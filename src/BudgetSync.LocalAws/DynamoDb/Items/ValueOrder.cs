namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <summary>The order of strings, numbers and binaries; other types, and values of different types, have none.</summary>
internal static class ValueOrder
{
    /// <returns>Negative, zero or positive; null where the two cannot be compared.</returns>
    public static int? Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.S a, AttributeValue.S b) => Utf8Order.Compare(a.Value, b.Value),
        (AttributeValue.N a, AttributeValue.N b) => a.Value.CompareTo(b.Value),
        (AttributeValue.B a, AttributeValue.B b) => a.Value.CompareTo(b.Value),
        _ => null,
    };
}
