using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Rows;

namespace BudgetSync.Aws.Tables;

/// <summary>
/// The write that makes a row what it should be, on the condition that it is still what it was: by itself, or as an action of a transaction.
/// </summary>
internal static class RowWrite
{
    /// <param name="before">The row as read; null: there was none.</param>
    /// <param name="after">The row as it should be; null: there should be none. One of the two is there.</param>
    public static TransactWriteItem Of(string table, RowImage? before, RowImage? after)
    {
        if (before is null)
        {
            var item = RowImageMapper.Item(after ?? throw new ArgumentException("A write has a row before it or after it.", nameof(after)));
            return new() { Put = new Put { TableName = table, Item = item, ConditionExpression = "attribute_not_exists(AccountId)" } };
        }

        var expression = new RowExpression();
        return after is null
            ? new()
            {
                Delete = new Delete
                {
                    TableName = table,
                    Key = Key(before.Key),
                    ConditionExpression = expression.Unmoved(before, after: null),
                    ExpressionAttributeNames = expression.Names,
                    ExpressionAttributeValues = expression.Values,
                },
            }
            : new()
            {
                Update = new Update
                {
                    TableName = table,
                    Key = Key(before.Key),
                    UpdateExpression = expression.Difference(before, after),
                    ConditionExpression = expression.Unmoved(before, after),
                    ExpressionAttributeNames = expression.Names,
                    ExpressionAttributeValues = expression.Values,
                },
            };
    }

    public static Dictionary<string, AttributeValue> Key(string key) => new(StringComparer.Ordinal) { ["AccountId"] = new AttributeValue { S = key } };

    public static PutItemRequest Alone(Put put) =>
        new() { TableName = put.TableName, Item = put.Item, ConditionExpression = put.ConditionExpression };

    public static DeleteItemRequest Alone(Delete delete) => new()
    {
        TableName = delete.TableName,
        Key = delete.Key,
        ConditionExpression = delete.ConditionExpression,
        ExpressionAttributeNames = delete.ExpressionAttributeNames,
        ExpressionAttributeValues = delete.ExpressionAttributeValues,
    };

    public static UpdateItemRequest Alone(Update update) => new()
    {
        TableName = update.TableName,
        Key = update.Key,
        UpdateExpression = update.UpdateExpression,
        ConditionExpression = update.ConditionExpression,
        ExpressionAttributeNames = update.ExpressionAttributeNames,
        ExpressionAttributeValues = update.ExpressionAttributeValues,
    };
}
