using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Lambda::Function, Permission and EventInvokeConfig.</summary>
internal static class LambdaResources
{
    public static readonly ResourceType Function = new("AWS::Lambda::Function")
    {
        Properties = new HashSet<string>
        {
            "FunctionName",
            "Role",
            "Handler",
            "Runtime",
            "Environment",
            "Timeout",
            "MemorySize",
            "ReservedConcurrentExecutions"
        },
        Inert = new Dictionary<string, string>
        {
            ["Code"] = "Code is registered by handler name: LocalCloud.Lambda.RegisterInProcess or UseRuntime.",
            ["Architectures"] = "Code runs on this machine, whatever it is.",
            ["LoggingConfig"] = "Log lines stay with the function: LocalCloud.Lambda.Logs.",
            ["Description"] = "For people.",
            ["Tags"] = "No condition of ours reads a function's tags.",
            ["TracingConfig"] = "There is no X-Ray here.",
        },
        PutAsync = request => Task.FromResult(PutFunction(request)),
        DeleteAsync = request =>
        {
            request.Cloud.Lambda.DeleteFunction(request.AccountId, request.PhysicalId!, request.Region);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType Permission = new("AWS::Lambda::Permission")
    {
        Properties = new HashSet<string> { "FunctionName", "Action", "Principal", "SourceArn", "SourceAccount" },
        PutAsync = request => Task.FromResult(PutPermission(request)),
        DeleteAsync = request =>
        {
            // The function may have gone already, and its permissions with it.
            if (request.Cloud.Lambda.FindFunction(request.AccountId, NameOf(request.Required("FunctionName")), request.Region) is not null)
                request.Cloud.Lambda.RemovePermission(request.AccountId, NameOf(request.Required("FunctionName")), request.LogicalId, request.Region);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType EventInvokeConfig = new("AWS::Lambda::EventInvokeConfig")
    {
        Properties = new HashSet<string> { "FunctionName", "Qualifier", "MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig" },
        PutAsync = request =>
        {
            Configure(request, new AsyncSettings
            {
                MaximumRetryAttempts = request.Number("MaximumRetryAttempts") ?? 2,
                MaximumEventAge = TimeSpan.FromSeconds(request.Number("MaximumEventAgeInSeconds") ?? 21_600),
                OnSuccess = request.Properties["DestinationConfig"]?["OnSuccess"]?["Destination"]?.ToString(),
                OnFailure = request.Properties["DestinationConfig"]?["OnFailure"]?["Destination"]?.ToString(),
            });
            return Task.FromResult(new MadeResource(request.GeneratedName));
        },
        DeleteAsync = request =>
        {
            Configure(request, new AsyncSettings());
            return Task.CompletedTask;
        },
    };

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
            request.Cloud.Lambda.PutFunction(function with { Async = settings });
    }

    /// <summary>A function's name from its name or ARN.</summary>
    internal static string NameOf(string nameOrArn) => nameOrArn.Split(':') is ["arn", _, "lambda", _, _, "function", var name, ..] ? name : nameOrArn;
}
