using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::DynamoDB::Table.</summary>
internal static class DynamoDbResources
{
    private static readonly string[] Created =
    [
        "TableName",
        "AttributeDefinitions",
        "KeySchema",
        "BillingMode",
        "StreamSpecification",
        "DeletionProtectionEnabled"
    ];

    public static readonly ResourceType Table = new("AWS::DynamoDB::Table")
    {
        Properties = new HashSet<string>(Created),
        Inert = new Dictionary<string, string>
        {
            ["PointInTimeRecoverySpecification"] = "There are no backups here.",
            ["TimeToLiveSpecification"] = "DynamoDB deletes what has expired within days; a reader must not count on it, and here it stays.",
            ["SSESpecification"] = "Nothing is stored outside this process.",
            ["Tags"] = "No condition of ours reads a table's tags.",
        },
        PutAsync = PutAsync,
        DeleteAsync = request => request.CallAsync(request.Cloud.DynamoDb, "DeleteTable", new JsonObject { ["TableName"] = request.PhysicalId }),
    };

    private static async Task<MadeResource> PutAsync(ResourceRequest request)
    {
        var name = request.Text("TableName") ?? request.GeneratedName;
        if (request.PhysicalId is null)
        {
            var input = new JsonObject { ["TableName"] = name };
            foreach (var property in Created.Skip(1).Where(request.Properties.ContainsKey)) input[property] = request.Properties[property]!.DeepClone();
            // CloudFormation enables a stream by naming its view; the API wants to be told so.
            if (input["StreamSpecification"] is JsonObject stream) stream["StreamEnabled"] = true;
            await request.CallAsync(request.Cloud.DynamoDb, "CreateTable", input);
        }
        else if (Created.Any(property => !JsonNode.DeepEquals(request.Before?[property], request.Properties[property])))
        {
            throw new StackException($"{request.LogicalId}: changing a table in place is not something LocalAws does; delete the stack first.");
        }

        var table = (await request.CallAsync(request.Cloud.DynamoDb, "DescribeTable", new JsonObject { ["TableName"] = name }))["Table"]!;
        return new MadeResource(name, ("Arn", table["TableArn"]!.ToString()), ("StreamArn", table["LatestStreamArn"]?.ToString() ?? ""));
    }
}
