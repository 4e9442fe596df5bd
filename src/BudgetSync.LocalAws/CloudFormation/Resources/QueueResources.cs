using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::SQS::Queue and QueuePolicy.</summary>
internal static class QueueResources
{
    private static readonly string[] Attributes = ["VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds", "ReceiveMessageWaitTimeSeconds"];

    public static readonly ResourceType Queue = new("AWS::SQS::Queue")
    {
        Properties = new HashSet<string>([.. Attributes, "QueueName"]),
        Inert = new Dictionary<string, string>
        {
            ["SqsManagedSseEnabled"] = "Nothing is stored outside this process.",
            ["KmsMasterKeyId"] = "Nothing is stored outside this process.",
            ["Tags"] = "No condition of ours reads a queue's tags.",
        },
        PutAsync = request =>
        {
            var name = request.Text("QueueName") ?? request.GeneratedName;
            var attributes = Attributes.Where(request.Properties.ContainsKey)
                .ToDictionary(attribute => attribute, attribute => request.Text(attribute)!, StringComparer.Ordinal);
            var url = request.Cloud.Sqs.PutQueue(request.AccountId, name, attributes, request.Region);
            return Task.FromResult(new MadeResource(url, ("Arn", $"arn:aws:sqs:{request.Region}:{request.AccountId}:{name}"), ("QueueName", name)));
        },
        DeleteAsync = request =>
        {
            request.Cloud.Sqs.DeleteQueue(request.AccountId, request.PhysicalId!.Split('/')[^1], request.Region);
            return Task.CompletedTask;
        },
    };

    public static readonly ResourceType QueuePolicy = new("AWS::SQS::QueuePolicy")
    {
        Properties = new HashSet<string> { "Queues", "PolicyDocument" },
        PutAsync = request =>
        {
            var policy = new Dictionary<string, string> { ["Policy"] = request.Properties["PolicyDocument"]!.ToJsonString() };
            foreach (var url in (JsonArray)request.Properties["Queues"]!)
                request.Cloud.Sqs.PutQueue(request.AccountId, url!.ToString().Split('/')[^1], policy, request.Region);
            return Task.FromResult(new MadeResource(request.GeneratedName));
        },
        // A queue's policy goes with the queue, which the same stack made.
        DeleteAsync = _ => Task.CompletedTask,
    };
}
