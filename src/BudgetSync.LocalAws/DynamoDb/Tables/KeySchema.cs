using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Operations;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Tables;

/// <summary>A table's primary key: which attributes, of which types; and the reading of keys out of requests and items.</summary>
internal sealed class KeySchema(ImmutableArray<KeyElement> elements)
{
    public ImmutableArray<KeyElement> Elements { get; } = elements;

    public KeyElement Partition => Elements[0];

    public KeyElement? Sort => Elements.Length > 1 ? Elements[1] : null;

    public ImmutableArray<string> Names { get; } = [.. elements.Select(element => element.Name)];

    /// <summary>The key of an item about to be put.</summary>
    /// <exception cref="AwsException">ValidationException: a key attribute is missing, of another type, empty or too long.</exception>
    public TableKey OfItem(Attributes item)
    {
        foreach (var element in Elements)
        {
            if (!item.TryGet(element.Name, out var value))
                throw Errors.Validation($"One or more parameter values were invalid: Missing the key {element.Name} in the item");
            if (value.Type != element.Type)
                throw Errors.Validation(
                    $"One or more parameter values were invalid: Type mismatch for key {element.Name} expected: {element.Type} actual: {value.Type}");
        }

        return Create(item);
    }

    /// <summary>A key given by itself, as GetItem and others have it.</summary>
    /// <exception cref="AwsException">ValidationException: not exactly the key attributes, of another type, empty or too long.</exception>
    public TableKey OfRequest(JsonObject json) => OfKey(ItemJson.ReadItem(json), "The provided key element does not match the schema");

    /// <summary>The key where a page begins.</summary>
    /// <exception cref="AwsException">ValidationException: not a key of this table.</exception>
    public TableKey OfStart(JsonObject json) =>
        OfKey(ItemJson.ReadItem(json), "The provided starting key is invalid: The provided key element does not match the schema");

    private TableKey OfKey(Attributes key, string mismatch)
    {
        if (key.Count != Elements.Length || Elements.Any(element => key.Find(element.Name)?.Type != element.Type)) throw Errors.Validation(mismatch);
        return Create(key);
    }

    private TableKey Create(Attributes item)
    {
        foreach (var element in Elements)
        {
            var value = Value(item, element);
            var maximum = element.Role == "HASH" ? AwsLimits.DynamoDb.PartitionKeyBytes : AwsLimits.DynamoDb.SortKeyBytes;
            if (value is AttributeValue.S or AttributeValue.B && value.Size == 0)
                throw Errors.Validation(
                    $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                        + $"{(element.Type == "S" ? "string" : "binary")} value. Key: {element.Name}");
            // AWS's own words, the missing space included.
            if (value.Size > maximum)
                throw Errors.Validation(
                    $"One or more parameter values were invalid: Size of {(element.Role == "HASH" ? "hashkey" : "rangekey")} has exceeded the maximum "
                        + $"size limit of{maximum} bytes");
        }

        var attributes = item.Count == Elements.Length
            ? item
            : new Attributes(Elements.ToDictionary(element => element.Name, element => Value(item, element), StringComparer.Ordinal));
        return TableKey.Create(Value(item, Partition), Sort is null ? null : Value(item, Sort), attributes);
    }

    private static AttributeValue Value(Attributes item, KeyElement element) =>
        item.Find(element.Name) ?? throw new InvalidOperationException($"The key attribute {element.Name} was checked to be there.");
}
