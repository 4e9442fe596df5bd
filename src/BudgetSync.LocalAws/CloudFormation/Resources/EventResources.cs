using System.Text.Json.Nodes;
using BudgetSync.LocalAws.EventBridge;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::Events::Rule, EventBus and EventBusPolicy.</summary>
internal static class EventResources
{
    public static readonly ResourceType Rule = new("AWS::Events::Rule")
    {
        Properties = new HashSet<string> { "Name", "EventBusName", "EventPattern", "ScheduleExpression", "State", "Targets", "Description" },
        PutAsync = request => Task.FromResult(PutRule(request)),
        DeleteAsync = request =>
        {
            request.Cloud.EventBridge.DeleteRule(
                request.AccountId,
                BusName(request.Text("EventBusName")),
                request.Text("Name") ?? request.GeneratedName,
                request.Region);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType Bus = new("AWS::Events::EventBus")
    {
        Properties = new HashSet<string> { "Name" },
        Inert = new Dictionary<string, string> { ["Description"] = "For people.", ["Tags"] = "No condition of ours reads a bus's tags." },
        PutAsync = request =>
        {
            var name = request.Required("Name");
            var arn = request.PhysicalId == name
                ? request.Cloud.EventBridge.PutBus(request.AccountId, name, request.Region)
                : request.Cloud.EventBridge.CreateBus(request.AccountId, name, request.Region);
            return Task.FromResult(new MadeResource(name, ("Arn", arn), ("Name", name)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.EventBridge.DeleteBus(request.AccountId, request.PhysicalId!, request.Region);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType BusPolicy = new("AWS::Events::EventBusPolicy")
    {
        Properties = new HashSet<string> { "EventBusName", "StatementId", "Statement" },
        PutAsync = request =>
        {
            request.Cloud.EventBridge.PutBusStatement(
                request.AccountId,
                BusName(request.Text("EventBusName")),
                request.Required("StatementId"),
                (JsonObject)request.Properties["Statement"]!.DeepClone(),
                request.Region);
            return Task.FromResult(new MadeResource(request.GeneratedName));
        },
        DeleteAsync = request =>
        {
            request.Cloud.EventBridge.RemoveBusStatement(
                request.AccountId,
                BusName(request.Text("EventBusName")),
                request.Required("StatementId"),
                request.Region);
            return Task.CompletedTask;
        },
    };

    private static MadeResource PutRule(ResourceRequest request)
    {
        var name = request.Text("Name") ?? request.GeneratedName;
        var arn = request.Cloud.EventBridge.PutRule(new Rule(request.AccountId, BusName(request.Text("EventBusName")), name)
        {
            Region = request.Region,
            Pattern = request.Properties["EventPattern"] is { } pattern ? EventPattern.Parse(pattern.ToJsonString()) : null,
            Schedule = request.Text("ScheduleExpression"),
            Enabled = request.Text("State") is not "DISABLED",
            Description = request.Text("Description"),
            Targets = [.. (request.Properties["Targets"] as JsonArray ?? []).Select(target => RuleShape.ReadTarget((JsonObject)target!))],
        });
        return new MadeResource(name, ("Arn", arn));
    }

    /// <summary>A bus's name from its name or ARN; the default bus where none is given.</summary>
    private static string BusName(string? nameOrArn) => nameOrArn is null ? EventBus.DefaultName : nameOrArn[(nameOrArn.LastIndexOf('/') + 1)..];
}
