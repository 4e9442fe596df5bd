using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Tables;

/// <summary>A consistent scan of a whole table.</summary>
internal static class TableScan
{
    /// <param name="projection">The attributes to read, as a projection expression; null reads all.</param>
    /// <param name="names">What its placeholders stand for: names that DynamoDB reserves cannot stand in it themselves.</param>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public static Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ReadAsync(
        IAmazonDynamoDB dynamo,
        string table,
        string? projection,
        AwsCaller caller,
        CancellationToken cancellation,
        Dictionary<string, string>? names = null) =>
        Pages.ReadAsync<Dictionary<string, AttributeValue>, Dictionary<string, AttributeValue>>(
            caller,
            "dynamodb",
            "Scan",
            async (from, token) =>
            {
                var request = new ScanRequest
                {
                    TableName = table,
                    ConsistentRead = true,
                    ExclusiveStartKey = from,
                    ProjectionExpression = projection,
                    ExpressionAttributeNames = names,
                };
                var answer = await dynamo.ScanAsync(request, token);
                return (answer.Items, answer.LastEvaluatedKey);
            },
            cancellation);
}
