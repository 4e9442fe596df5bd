using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <content>What is made and changed again.</content>
internal static partial class LambdaResources
{
    private static MadeResource PutFunction(ResourceRequest request)
    {
        var name = request.Text("FunctionName") ?? request.GeneratedName;
        var before = request.Cloud.Lambda.FindFunction(request.AccountId, name, request.Region);
        var arn = request.Cloud.Lambda.PutFunction(new FunctionDefinition(request.AccountId, name, request.Required("Role"), request.Required("Handler"))
        {
            Region = request.Region,
            Runtime = request.Required("Runtime"),
            Environment = (request.Properties["Environment"]?["Variables"] as JsonObject ?? []).ToImmutableDictionary(
                variable => variable.Key,
                variable => variable.Value!.ToString(),
                StringComparer.Ordinal),
            Timeout = TimeSpan.FromSeconds(request.Number("Timeout") ?? 3),
            MemoryMegabytes = request.Number("MemorySize") ?? 128,
            ReservedConcurrency = request.Number("ReservedConcurrentExecutions"),
            Async = before?.Async ?? new AsyncSettings(),
        });
        return new MadeResource(name, ("Arn", arn));
    }

    private static MadeResource PutPermission(ResourceRequest request)
    {
        var principal = request.Required("Principal");
        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { [principal.Contains('.', StringComparison.Ordinal) ? "Service" : "AWS"] = principal },
            ["Action"] = request.Required("Action"),
        };
        var condition = new JsonObject();
        if (request.Text("SourceArn") is { } sourceArn) condition["ArnLike"] = new JsonObject { ["aws:SourceArn"] = sourceArn };
        if (request.Text("SourceAccount") is { } sourceAccount) condition["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = sourceAccount };
        if (condition.Count > 0) statement["Condition"] = condition;
        request.Cloud.Lambda.PutPermission(request.AccountId, NameOf(request.Required("FunctionName")), request.LogicalId, statement, request.Region);
        return new MadeResource(request.GeneratedName);
    }

    private static void Configure(ResourceRequest request, AsyncSettings settings)
    {
        if (request.Cloud.Lambda.FindFunction(request.AccountId, NameOf(request.Required("FunctionName")), request.Region) is { } function)
            request.Cloud.Lambda.PutAsyncSettings(function, settings);
    }
}
