using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Tables;

/// <summary>A query to its last page.</summary>
internal static class ItemQuery
{
    /// <param name="request">Where each page begins is written into it.</param>
    /// <returns>All items, in the order of the table.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public static Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ReadAsync(
        IAmazonDynamoDB dynamo, QueryRequest request, AwsCaller caller, CancellationToken cancellation) =>
        Pages.ReadAsync<Dictionary<string, AttributeValue>, Dictionary<string, AttributeValue>>(
            caller,
            "dynamodb",
            "Query",
            async (from, token) =>
            {
                request.ExclusiveStartKey = from;
                var answer = await dynamo.QueryAsync(request, token);
                return (answer.Items, answer.LastEvaluatedKey);
            },
            cancellation);
}
