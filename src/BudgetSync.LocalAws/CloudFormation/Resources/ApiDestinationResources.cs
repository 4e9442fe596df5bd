using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge.ApiDestinations;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Events::Connection and AWS::Events::ApiDestination. With another name each is another resource, and the old one goes.</summary>
internal static class ApiDestinationResources
{
    public static readonly ResourceType Connection = new("AWS::Events::Connection")
    {
        Properties = new HashSet<string> { "Name", "Description", "AuthorizationType", "AuthParameters" },
        PutAsync = request =>
        {
            var (store, input) = (request.Cloud.EventBridge.Destinations, Input(request, ApiDestinationShapes.CreateConnection));
            var name = input["Name"]!.ToString();
            var made = request.PhysicalId == name
                ? store.UpdateConnection(request.AccountId, request.Region, input)
                : store.CreateConnection(request.AccountId, request.Region, input);
            if (request.PhysicalId is { } old && old != name) store.DeleteConnection(request.AccountId, request.Region, old);
            return Task.FromResult(new MadeResource(name, ("Arn", made.Arn), ("SecretArn", made.SecretArn)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.EventBridge.Destinations.DeleteConnection(request.AccountId, request.Region, request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType Destination = new("AWS::Events::ApiDestination")
    {
        Properties = new HashSet<string> { "Name", "Description", "ConnectionArn", "HttpMethod", "InvocationEndpoint", "InvocationRateLimitPerSecond" },
        PutAsync = request =>
        {
            var (store, input) = (request.Cloud.EventBridge.Destinations, Input(request, ApiDestinationShapes.CreateApiDestination));
            var name = input["Name"]!.ToString();
            var made = store.PutDestination(request.AccountId, request.Region, input, replace: request.PhysicalId == name);
            if (request.PhysicalId is { } old && old != name) store.DeleteDestination(request.AccountId, request.Region, old);
            return Task.FromResult(new MadeResource(name, ("Arn", made.Arn)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.EventBridge.Destinations.DeleteDestination(request.AccountId, request.Region, request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    /// <summary>The properties as the API takes them: CloudFormation may write numbers and flags as text.</summary>
    private static JsonObject Input(ResourceRequest request, Kernel.Shape shape)
    {
        var input = (JsonObject)shape.FromText(request.Properties)!; // A structure stays one.
        input["Name"] ??= request.GeneratedName;
        return input;
    }
}
