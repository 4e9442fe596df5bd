using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sns;

/// <summary>Amazon SNS as far as alarms and failure destinations use it: topics with policies, what was published, who subscribed.</summary>
public sealed class SnsService : AwsService
{
    /// <summary>The record of published messages forgets its oldest half beyond this many.</summary>
    public const int MaximumPublished = 100_000;

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, PolicyDocument?> topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string TopicArn, string Protocol, string Endpoint), Subscription> subscriptions = new();
    private readonly Lock gate = new();
    private List<PublishedMessage> published = [];

    internal SnsService(LocalCloud cloud)
        : base("sns", WireProtocol.Query)
    {
        this.cloud = cloud;
        cloud.Iam.AddResourcePolicies(SigningName, arn => topics.GetValueOrDefault(arn));
        Operation("CreateTopic", SnsShapes.CreateTopic, call => [new IamRequest("sns:CreateTopic", TopicArn(call.AccountId, call.Input.RequiredText("Name")))], call =>
            new JsonObject { ["TopicArn"] = PutTopic(call.AccountId, call.Input.RequiredText("Name")) });
        Operation("Publish", SnsShapes.Publish, NeedsTopic("sns:Publish"), Publish);
        Operation("Subscribe", SnsShapes.Subscribe, NeedsTopic("sns:Subscribe"), call => new JsonObject
        {
            ["SubscriptionArn"] = Subscribe(Existing(call), call.Input.RequiredText("Protocol"), call.Input.RequiredText("Endpoint")).Arn,
        });
    }

    public override string ValidationCode => "InvalidParameter";

    public override string XmlNamespace => "http://sns.amazonaws.com/doc/2010-03-31/";

    /// <summary>Everything published, oldest first.</summary>
    public IReadOnlyList<PublishedMessage> Published
    {
        get
        {
            lock (gate) return [.. published];
        }
    }

    public IReadOnlyList<Subscription> Subscriptions => [.. subscriptions.Values.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal)];

    /// <summary>Creates a topic, or replaces the policy of the one that exists, and returns its ARN.</summary>
    public string PutTopic(string accountId, string name, PolicyDocument? policy = null)
    {
        var arn = TopicArn(accountId, name);
        if (policy is null) topics.TryAdd(arn, null);
        else topics[arn] = policy;
        return arn;
    }

    public void DeleteTopic(string topicArn) => topics.TryRemove(topicArn, out _);

    /// <summary>Records a subscription; the same one again is the same one.</summary>
    public Subscription Subscribe(string topicArn, string protocol, string endpoint) =>
        subscriptions.GetOrAdd((topicArn, protocol, endpoint), key => new Subscription($"{topicArn}:{cloud.Gateway.NewRequestId()}", key.TopicArn, key.Protocol, key.Endpoint));

    /// <summary>Publishes as somebody: another service's way into a topic.</summary>
    internal Task PublishAsync(Caller caller, string topicArn, string message, CancellationToken cancellation)
    {
        var call = new AwsCall(SigningName, "Publish", caller, cloud.Options.Region, new JsonObject { ["TopicArn"] = topicArn, ["Message"] = message });
        return cloud.Gateway.InvokeAsync(this, call with { RequestId = cloud.Gateway.NewRequestId() }, cancellation);
    }

    private JsonObject Publish(AwsCall call)
    {
        var message = new PublishedMessage(Existing(call), cloud.Gateway.NewRequestId(), call.Input.Text("Subject"), call.Input.RequiredText("Message"), cloud.Time.GetUtcNow());
        lock (gate)
        {
            if (published.Count >= MaximumPublished) published = published[(MaximumPublished / 2)..];
            published.Add(message);
        }

        return new JsonObject { ["MessageId"] = message.MessageId };
    }

    private string Existing(AwsCall call) =>
        call.Input.RequiredText("TopicArn") is var arn && topics.ContainsKey(arn) ? arn : throw new AwsException("NotFound", "Topic does not exist", 404);

    private static Func<AwsCall, IEnumerable<IamRequest>> NeedsTopic(string action) => call => [new IamRequest(action, call.Input.RequiredText("TopicArn"))];

    private string TopicArn(string accountId, string name) => $"arn:aws:sns:{cloud.Options.Region}:{accountId}:{name}";
}
