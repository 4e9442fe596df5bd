using System.Text.Json.Nodes;
using BudgetSync.LocalAws.DynamoDb.Expressions;
using BudgetSync.LocalAws.DynamoDb.Items;
using BudgetSync.LocalAws.DynamoDb.Tables;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>One write of one item, read from its request and ready to be decided against the item as it is.</summary>
/// <param name="Condition">What must hold of the item; null where nothing must.</param>
/// <param name="Apply">The item after the write, null where it is gone; throws ValidationException where the write does not fit the item.</param>
internal sealed record ItemWrite(TableKey Key, Condition? Condition, Func<Attributes?, Attributes?> Apply)
{
    /// <exception cref="Kernel.AwsException">ValidationException.</exception>
    public static ItemWrite Put(Table table, JsonObject json, Condition? condition)
    {
        var item = ItemJson.ReadItem(json);
        var key = table.Keys.OfItem(item);
        if (item.Size > AwsLimits.DynamoDb.ItemBytes) throw Errors.Validation("Item size has exceeded the maximum allowed size");
        return new ItemWrite(key, condition, _ => item);
    }

    /// <exception cref="Kernel.AwsException">ValidationException.</exception>
    public static ItemWrite Delete(Table table, JsonObject key, Condition? condition) => new(table.Keys.OfRequest(key), condition, _ => null);

    /// <exception cref="Kernel.AwsException">ValidationException.</exception>
    public static ItemWrite Update(Table table, JsonObject keyJson, Update update, Condition? condition)
    {
        var key = table.Keys.OfRequest(keyJson);
        foreach (var action in update.Actions)
        {
            if (table.Keys.Names.Contains(action.Place.Attribute))
                throw Errors.Validation(
                    $"One or more parameter values were invalid: Cannot update attribute {action.Place.Attribute}. This attribute is part of the key");
        }

        return new ItemWrite(key, condition, old =>
        {
            // As seen at AWS (scylladb/scylladb#5862): what only removes makes no item.
            if (old is null && update.OnlyRemoves) return null;
            var item = update.Apply(old ?? key.Attributes);
            return item.Size <= AwsLimits.DynamoDb.ItemBytes ? item : throw Errors.Validation("Item size to update has exceeded the maximum allowed size");
        });
    }
}

/// <summary>A condition that may be absent, asked of an item that may be absent.</summary>
internal static class OptionalCondition
{
    public static bool Allows(this Condition? condition, Attributes? item) => condition?.Holds(item ?? Attributes.Empty) ?? true;
}
