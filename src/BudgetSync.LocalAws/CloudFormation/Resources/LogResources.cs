using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Logs::LogGroup and SubscriptionFilter.</summary>
internal static class LogResources
{
    public static readonly ResourceType Group = new("AWS::Logs::LogGroup")
    {
        Properties = new HashSet<string> { "LogGroupName", "RetentionInDays" },
        Inert = new Dictionary<string, string>
        {
            ["KmsKeyId"] = "Nothing is stored outside this process.",
            ["Tags"] = "No condition of ours reads a log group's tags.",
        },
        PutAsync = PutGroupAsync,
        // A group that somebody deleted is gone already.
        DeleteAsync = request => UnlessGone(request, "DeleteLogGroup", new JsonObject { ["logGroupName"] = request.PhysicalId }),
    };

    public static readonly ResourceType Filter = new("AWS::Logs::SubscriptionFilter")
    {
        Properties = new HashSet<string> { "LogGroupName", "FilterName", "FilterPattern", "DestinationArn" },
        PutAsync = PutFilterAsync,
        DeleteAsync = request => DeleteFilterAsync(request, request.Properties),
    };

    private static async Task<MadeResource> PutGroupAsync(ResourceRequest request)
    {
        var name = request.Text("LogGroupName") ?? request.PhysicalId ?? request.GeneratedName;
        if (request.PhysicalId != name) await request.CallAsync(request.Cloud.Logs, "CreateLogGroup", new JsonObject { ["logGroupName"] = name });
        if (request.Number("RetentionInDays") is { } days)
            await request.CallAsync(request.Cloud.Logs, "PutRetentionPolicy", new JsonObject { ["logGroupName"] = name, ["retentionInDays"] = days });
        return new MadeResource(name, ("Arn", $"arn:aws:logs:{request.Region}:{request.AccountId}:log-group:{name}:*"));
    }

    private static async Task<MadeResource> PutFilterAsync(ResourceRequest request)
    {
        var name = Name(request, request.Properties);
        await request.CallAsync(request.Cloud.Logs, "PutSubscriptionFilter", new JsonObject
        {
            ["logGroupName"] = request.Required("LogGroupName"),
            ["filterName"] = name,
            ["filterPattern"] = request.Required("FilterPattern"),
            ["destinationArn"] = request.Required("DestinationArn"),
        });
        // Another group or name is another filter: the one before goes.
        if (request.Before is { } before && (before["LogGroupName"]?.ToString() != request.Text("LogGroupName") || Name(request, before) != name))
            await DeleteFilterAsync(request, before);
        return new MadeResource(name);
    }

    private static string Name(ResourceRequest request, JsonObject properties) => properties["FilterName"]?.ToString() ?? request.GeneratedName;

    private static Task DeleteFilterAsync(ResourceRequest request, JsonObject properties) => UnlessGone(
        request,
        "DeleteSubscriptionFilter",
        new JsonObject { ["logGroupName"] = properties["LogGroupName"]!.ToString(), ["filterName"] = Name(request, properties) });

    private static async Task UnlessGone(ResourceRequest request, string operation, JsonObject input)
    {
        try
        {
            await request.CallAsync(request.Cloud.Logs, operation, input);
        }
        catch (AwsException gone) when (gone.Code == "ResourceNotFoundException")
        {
        }
    }
}
