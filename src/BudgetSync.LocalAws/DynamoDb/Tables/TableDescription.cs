using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.DynamoDb.Tables;

/// <summary>A table as DescribeTable shows it. Item count and size are exact here; AWS refreshes its own about every six hours.</summary>
internal static class TableDescription
{
    public static JsonObject Of(Table table, string status)
    {
        var settings = table.Settings;
        var description = new JsonObject
        {
            ["TableName"] = table.Name,
            ["TableArn"] = table.Arn,
            ["TableId"] = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(table.Arn + table.CreatedAt.UtcTicks)).AsSpan(0, 16)).ToString(),
            ["TableStatus"] = status,
            ["CreationDateTime"] = table.CreatedAt.ToUnixTimeMilliseconds() / 1000m,
            ["AttributeDefinitions"] =
                new JsonArray([.. table.Keys.Elements.Select(key => (JsonNode)new JsonObject { ["AttributeName"] = key.Name, ["AttributeType"] = key.Type })]),
            ["KeySchema"] =
                new JsonArray([.. table.Keys.Elements.Select(key => (JsonNode)new JsonObject { ["AttributeName"] = key.Name, ["KeyType"] = key.Role })]),
            ["ItemCount"] = table.ItemCount,
            ["TableSizeBytes"] = table.SizeBytes,
            ["ProvisionedThroughput"] = new JsonObject
            {
                ["NumberOfDecreasesToday"] = 0,
                ["ReadCapacityUnits"] = settings.ReadCapacity,
                ["WriteCapacityUnits"] = settings.WriteCapacity,
            },
            ["TableClassSummary"] = new JsonObject { ["TableClass"] = settings.TableClass },
            ["DeletionProtectionEnabled"] = settings.DeletionProtection,
        };
        if (settings.OnDemandSince is { } since)
        {
            description["BillingModeSummary"] = new JsonObject
            {
                ["BillingMode"] = settings.BillingMode,
                ["LastUpdateToPayPerRequestDateTime"] = since.ToUnixTimeMilliseconds() / 1000m,
            };
        }

        if (settings.KmsKey is { } key)
            description["SSEDescription"] = new JsonObject { ["Status"] = "ENABLED", ["SSEType"] = "KMS", ["KMSMasterKeyArn"] = key };
        if (table.Stream is not { } stream) return description;
        description["LatestStreamArn"] = stream.Arn;
        description["LatestStreamLabel"] = stream.Label;
        if (stream.DisabledAt is null)
            description["StreamSpecification"] = new JsonObject { ["StreamEnabled"] = true, ["StreamViewType"] = stream.ViewType };
        return description;
    }
}
