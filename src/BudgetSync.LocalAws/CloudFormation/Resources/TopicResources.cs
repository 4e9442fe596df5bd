using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Sns;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::SNS::Topic, TopicPolicy and Subscription.</summary>
internal static class TopicResources
{
    public static readonly ResourceType Topic = new("AWS::SNS::Topic")
    {
        Properties = new HashSet<string> { "TopicName", "KmsMasterKeyId" },
        Inert = new Dictionary<string, string>
        {
            ["DisplayName"] = "For people.",
            ["Tags"] = "No condition of ours reads a topic's tags.",
        },
        PutAsync = request =>
        {
            var name = request.Text("TopicName") ?? request.GeneratedName;
            var arn = request.Cloud.Sns.PutTopic(request.AccountId, name, region: request.Region, kmsKeyId: request.Text("KmsMasterKeyId") ?? "");
            return Task.FromResult(new MadeResource(arn, ("TopicArn", arn), ("TopicName", name)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.Sns.DeleteTopic(request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType TopicPolicy = new("AWS::SNS::TopicPolicy")
    {
        Properties = new HashSet<string> { "Topics", "PolicyDocument" },
        PutAsync = request =>
        {
            var policy = TopicAttributes.Policy(request.Properties["PolicyDocument"]!.ToJsonString());
            foreach (var arn in (JsonArray)request.Properties["Topics"]!)
                request.Cloud.Sns.PutTopic(request.AccountId, arn!.ToString().Split(':')[^1], policy, request.Region);
            return Task.FromResult(new MadeResource(request.GeneratedName));
        },
        // A topic's policy goes with the topic, which the same stack made.
        DeleteAsync = _ => Task.CompletedTask,
    };

    public static readonly ResourceType Subscription = new("AWS::SNS::Subscription")
    {
        Properties = new HashSet<string> { "TopicArn", "Protocol", "Endpoint", "RedrivePolicy" },
        PutAsync = request =>
        {
            var made = PutSubscription(request);
            // Another topic, protocol or endpoint is another subscription: the one before goes.
            if (request.PhysicalId is { } before && before != made.PhysicalId) request.Cloud.Sns.Unsubscribe(before);
            return Task.FromResult(made);
        },
        DeleteAsync = request =>
        {
            request.Cloud.Sns.Unsubscribe(request.PhysicalId!);
            return Task.CompletedTask;
        },
    };

    private static MadeResource PutSubscription(ResourceRequest request)
    {
        var arn = request.Required("TopicArn");
        if (!request.Cloud.Sns.HasTopic(arn)) throw new StackException($"{request.LogicalId}: the topic {arn} does not exist.");
        var made = request.Cloud.Sns.Subscribe(
            arn,
            request.Required("Protocol"),
            request.Required("Endpoint"),
            request.Properties["RedrivePolicy"]?["deadLetterTargetArn"]?.ToString());
        return new MadeResource(made.Arn);
    }
}
