using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::CE::AnomalyMonitor and AnomalySubscription. Expressions are written as text (template reference).</summary>
internal static class AnomalyResources
{
    public static readonly ResourceType Monitor = new("AWS::CE::AnomalyMonitor")
    {
        Properties = new HashSet<string> { "MonitorName", "MonitorType", "MonitorDimension", "MonitorSpecification" },
        Inert = new Dictionary<string, string> { ["ResourceTags"] = "No condition of ours reads a monitor's tags." },
        PutAsync = request => Task.FromResult(PutMonitor(request)),
        DeleteAsync = request =>
        {
            request.Cloud.CostExplorer.Anomalies.DeleteMonitor(request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType Subscription = new("AWS::CE::AnomalySubscription")
    {
        Properties = new HashSet<string> { "SubscriptionName", "Frequency", "MonitorArnList", "Subscribers", "ThresholdExpression" },
        Inert = new Dictionary<string, string> { ["ResourceTags"] = "No condition of ours reads a subscription's tags." },
        PutAsync = request =>
        {
            var arn = request.Cloud.CostExplorer.Anomalies.PutSubscription(
                request.AccountId, Input(request, "ThresholdExpression"), request.PhysicalId);
            return Task.FromResult(new MadeResource(arn, ("SubscriptionArn", arn)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.CostExplorer.Anomalies.DeleteSubscription(request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    private static MadeResource PutMonitor(ResourceRequest request)
    {
        // Another kind replaces a monitor. CloudFormation removes the old one last, when the subscription has let go of it, which is not to be had here.
        if (request.Before is { } before && Kind(before) != Kind(request.Properties))
            throw new StackException($"{request.LogicalId}: LocalAws does not replace monitors.");
        var arn = request.PhysicalId is { } old
            ? request.Cloud.CostExplorer.Anomalies.RenameMonitor(old, request.Required("MonitorName")).Arn
            : Made(request);
        return new MadeResource(arn, ("MonitorArn", arn));
    }

    /// <summary>The resource's handler tells of no limit what it is (aws-cloudformation/cloudformation-coverage-roadmap issue 2515).</summary>
    private static string Made(ResourceRequest request)
    {
        try
        {
            return request.Cloud.CostExplorer.Anomalies.CreateMonitor(request.AccountId, Input(request, "MonitorSpecification")).Arn;
        }
        catch (AwsException refused) when (refused.Message == CostExplorer.CostExplorerErrors.MonitorLimit().Message)
        {
            throw new StackException($"{request.LogicalId}: Resource handler returned message: \"null\" (HandlerErrorCode: AlreadyExists)");
        }
    }

    private static string Kind(JsonObject properties) =>
        string.Join(' ', new[] { "MonitorType", "MonitorDimension", "MonitorSpecification" }.Select(name => properties[name]?.ToString()));

    private static JsonObject Input(ResourceRequest request, string expression)
    {
        var input = (JsonObject)request.Properties.DeepClone();
        input.Remove("ResourceTags");
        if (input[expression] is JsonValue text) input[expression] = JsonNode.Parse(text.ToString());
        return input;
    }
}
