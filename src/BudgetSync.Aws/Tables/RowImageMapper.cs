using System.Collections.Immutable;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Tables;

/// <summary>DynamoDB items to row images, lossless in what a row may hold. Pure.</summary>
public static class RowImageMapper
{
    public static RowImage Row(Dictionary<string, AttributeValue> item) => new(Map(item));

    public static RowValue Value(AttributeValue value) => value switch
    {
        { S: { } text } => new RowValue.Text(text),
        { N: { } number } => new RowValue.Number(number),
        { BOOL: { } flag } => new RowValue.Bool(flag),
        { NULL: true } => new RowValue.Null(),
        { SS: { Count: > 0 } texts } => new RowValue.TextSet([.. texts]),
        { NS: { Count: > 0 } numbers } => new RowValue.NumberSet([.. numbers]),
        { B: not null } => new RowValue.Binary("B"),
        { BS: { Count: > 0 } } => new RowValue.Binary("BS"),
        { M: { } map } => new RowValue.Map(Map(map)),
        { L: { } list } => new RowValue.List([.. list.Select(Value)]),
        _ => new RowValue.Null(),
    };

    /// <summary>The way back. A binary value is not kept, so it cannot be written: it is an error of ours to ask for it.</summary>
    public static Dictionary<string, AttributeValue> Item(RowImage row) =>
        row.Attributes.ToDictionary(attribute => attribute.Key, attribute => Value(attribute.Value), StringComparer.Ordinal);

    public static AttributeValue Value(RowValue value) => value switch
    {
        RowValue.Text(var text) => new AttributeValue { S = text },
        RowValue.Number(var number) => new AttributeValue { N = number },
        RowValue.Bool(var flag) => new AttributeValue { BOOL = flag },
        RowValue.List { Items: var items } => new AttributeValue { L = [.. items.Select(Value)], IsLSet = true },
        RowValue.Map { Entries: var entries } =>
            new AttributeValue { M = entries.ToDictionary(entry => entry.Key, entry => Value(entry.Value), StringComparer.Ordinal), IsMSet = true },
        RowValue.TextSet { Items: var items } => new AttributeValue { SS = [.. items] },
        RowValue.NumberSet { Items: var items } => new AttributeValue { NS = [.. items] },
        RowValue.Null => new AttributeValue { NULL = true },
        _ => throw new InvalidOperationException($"{value.GetType()} cannot be written."),
    };

    private static ImmutableSortedDictionary<string, RowValue> Map(Dictionary<string, AttributeValue> entries) =>
        entries.ToImmutableSortedDictionary(entry => entry.Key, entry => Value(entry.Value), StringComparer.Ordinal);
}
