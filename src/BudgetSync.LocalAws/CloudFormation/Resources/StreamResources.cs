using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Lambda::EventSourceMapping.</summary>
internal static class StreamResources
{
    public static readonly ResourceType EventSourceMapping = new("AWS::Lambda::EventSourceMapping")
    {
        Properties = new HashSet<string>
        {
            "FunctionName", "EventSourceArn", "BatchSize", "MaximumBatchingWindowInSeconds", "ParallelizationFactor", "StartingPosition",
            "MaximumRetryAttempts",
            "MaximumRecordAgeInSeconds", "BisectBatchOnFunctionError", "FunctionResponseTypes", "DestinationConfig", "FilterCriteria", "Enabled",
        },
        PutAsync = request =>
        {
            var id = request.PhysicalId ?? request.Cloud.Gateway.NewRequestId();
            request.Cloud.Lambda.PutEventSourceMapping(Read(request, id));
            return Task.FromResult(new MadeResource(id, ("Id", id)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.Lambda.DeleteEventSourceMapping(request.AccountId, request.PhysicalId!, request.Region);
            return Task.CompletedTask;
        },
    };

    private static EventSourceMapping Read(ResourceRequest request, string id) =>
        new(request.AccountId, id, LambdaResources.NameOf(request.Required("FunctionName")), request.Required("EventSourceArn"))
        {
            BatchSize = request.Number("BatchSize") ?? 100,
            BatchingWindow = TimeSpan.FromSeconds(request.Number("MaximumBatchingWindowInSeconds") ?? 0),
            ParallelizationFactor = request.Number("ParallelizationFactor") ?? 1,
            FromTrimHorizon = request.Required("StartingPosition") == "TRIM_HORIZON",
            MaximumRetryAttempts = request.Number("MaximumRetryAttempts") ?? -1,
            MaximumRecordAge = request.Number("MaximumRecordAgeInSeconds") is { } age and not -1 ? TimeSpan.FromSeconds(age) : null,
            BisectBatchOnFunctionError = request.Text("BisectBatchOnFunctionError") == "true",
            ReportBatchItemFailures =
                (request.Properties["FunctionResponseTypes"] as JsonArray ?? []).Any(type => type!.ToString() == "ReportBatchItemFailures"),
            OnFailure = request.Properties["DestinationConfig"]?["OnFailure"]?["Destination"]?.ToString(),
            Filters =
            [
                .. (request.Properties["FilterCriteria"]?["Filters"] as JsonArray ?? []).Select(filter => EventPattern.Parse(filter!["Pattern"]!.ToString()))
            ],
            Enabled = request.Text("Enabled") is not "false",
        };
}
