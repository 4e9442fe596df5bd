using BudgetSync.LocalAws.Lambda;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Lambda::Function, Permission and EventInvokeConfig.</summary>
internal static partial class LambdaResources
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

    /// <summary>A function's name from its name or ARN.</summary>
    internal static string NameOf(string nameOrArn) => nameOrArn.Split(':') is ["arn", _, "lambda", _, _, "function", var name, ..] ? name : nameOrArn;
}
