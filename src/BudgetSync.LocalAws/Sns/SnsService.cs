using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sns;

/// <summary>
/// Amazon SNS as far as alarms, budgets and failure destinations use it: topics with policies, what was published, who subscribed.
/// Where a method takes a region, null is the cloud's home region.
/// </summary>
public sealed class SnsService : AwsService
{
    /// <summary>The record of published messages forgets its oldest half beyond this many.</summary>
    public const int MaximumPublished = 100_000;

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, Topic> topics = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string TopicArn, string Protocol, string Endpoint), Subscription> subscriptions = new();
    private readonly Lock gate = new();
    private List<PublishedMessage> published = [];

    internal SnsService(LocalCloud cloud)
        : base("sns", WireProtocol.Query)
    {
        this.cloud = cloud;
        cloud.Iam.AddResourcePolicies(SigningName, arn => topics.GetValueOrDefault(arn)?.Policy);
        Operation(
            "CreateTopic",
            SnsShapes.CreateTopic,
            call => [new IamRequest("sns:CreateTopic", ArnOf(call.AccountId, call.Region, call.Input.RequiredText("Name")))],
            CreateTopic);
        Operation("GetTopicAttributes", SnsShapes.OneTopic, NeedsTopic, call => new JsonObject
        {
            ["Attributes"] = QueryProtocol.Map(
                TopicAttributes.Of(ArnOfTopic(call), Existing(call), subscriptions.Keys.Count(key => key.TopicArn == ArnOfTopic(call)))),
        });
        Operation("SetTopicAttributes", SnsShapes.SetTopicAttributes, NeedsTopic, SetTopicAttributes);
        Operation("Publish", SnsShapes.Publish, NeedsTopic, Publish);
        Operation("Subscribe", SnsShapes.Subscribe, NeedsTopic, Subscribe);
    }

    public override string ValidationCode => "InvalidParameter";

    public override string XmlNamespace => "http://sns.amazonaws.com/doc/2010-03-31/";

    /// <summary>
    /// Whether a key's policy lets a service use the key, by key id and service principal. There is no KMS here; null grants nothing, as the key that AWS
    /// manages for SNS does (Cost Management user guide, "Creating an Amazon SNS topic for budget notifications").
    /// </summary>
    public Func<string, string, bool>? KeyPolicy { get; set; }

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
    /// <param name="kmsKeyId">The key that encrypts its messages; null leaves it as it is.</param>
    public string PutTopic(string accountId, string name, PolicyDocument? policy = null, string? region = null, string? kmsKeyId = null)
    {
        var arn = ArnOf(accountId, region ?? cloud.Options.Region, name);
        topics.AddOrUpdate(
            arn,
            _ => new Topic { Policy = policy, KmsKeyId = kmsKeyId ?? "" },
            (_, topic) => topic with { Policy = policy ?? topic.Policy, KmsKeyId = kmsKeyId ?? topic.KmsKeyId });
        return arn;
    }

    public void DeleteTopic(string topicArn) => topics.TryRemove(topicArn, out _);

    /// <summary>Records a subscription; the same one again is the same one.</summary>
    public Subscription Subscribe(string topicArn, string protocol, string endpoint) =>
        subscriptions.GetOrAdd(
            (topicArn, protocol, endpoint),
            key => new Subscription($"{topicArn}:{cloud.Gateway.NewRequestId()}", key.TopicArn, key.Protocol, key.Endpoint));

    /// <summary>Whether a service may publish for a resource of an account: what AWS Budgets asks of the topic of a notification.</summary>
    /// <param name="servicePrincipal">For example <c>budgets.amazonaws.com</c>.</param>
    /// <param name="sourceArn">What the topic's policy may hold against <c>aws:SourceArn</c>: the budget's ARN.</param>
    internal TopicAccess AccessOf(string servicePrincipal, string accountId, string sourceArn, string topicArn)
    {
        if (!topics.TryGetValue(topicArn, out var topic)) return TopicAccess.NoSuchTopic;
        if (!cloud.Iam.IsAllowed(Caller.Service(servicePrincipal, accountId, sourceArn), new IamRequest("sns:Publish", topicArn)))
            return TopicAccess.NotAllowed;
        return topic.KmsKeyId.Length == 0 || KeyPolicy?.Invoke(topic.KmsKeyId, servicePrincipal) == true ? TopicAccess.Granted : TopicAccess.KeyNotGranted;
    }

    /// <summary>Publishes as a given caller: another service's way into a topic.</summary>
    internal Task PublishAsync(Caller caller, string topicArn, string message, CancellationToken cancellation)
    {
        var region = Arn.TryParse(topicArn, out var arn) ? arn.Region : cloud.Options.Region;
        var call = new AwsCall(SigningName, "Publish", caller, region, new JsonObject { ["TopicArn"] = topicArn, ["Message"] = message });
        return cloud.Gateway.InvokeAsync(this, call with { RequestId = cloud.Gateway.NewRequestId() }, cancellation);
    }

    private JsonObject CreateTopic(AwsCall call)
    {
        var arn = ArnOf(call.AccountId, call.Region, call.Input.RequiredText("Name"));
        var topic = call.Input.TextMap("Attributes").Aggregate(new Topic(), (made, attribute) => TopicAttributes.Set(made, attribute.Key, attribute.Value));
        var existing = topics.GetOrAdd(arn, topic);
        // The same request again is the same topic; another one must be meant for another.
        if (call.Input.TextMap("Attributes").FirstOrDefault(
            given => TopicAttributes.Get(existing, given.Key) != TopicAttributes.Get(topic, given.Key)).Key is { } different)
            throw new AwsException("InvalidParameter", $"Invalid parameter: Attributes Reason: Topic already exists with different attributes: {different}");
        return new JsonObject { ["TopicArn"] = arn };
    }

    private JsonObject SetTopicAttributes(AwsCall call)
    {
        Existing(call);
        topics.AddOrUpdate(
            ArnOfTopic(call),
            _ => throw Missing(),
            (_, topic) => TopicAttributes.Set(topic, call.Input.RequiredText("AttributeName"), call.Input.Text("AttributeValue") ?? ""));
        return [];
    }

    private JsonObject Publish(AwsCall call)
    {
        Existing(call);
        var text = call.Input.RequiredText("Message");
        if (Encoding.UTF8.GetByteCount(text) > AwsLimits.Sns.MessageBytes) throw new AwsException("InvalidParameter", "Invalid parameter: Message too long");
        var message = new PublishedMessage(ArnOfTopic(call), cloud.Gateway.NewRequestId(), call.Input.Text("Subject"), text, cloud.Time.GetUtcNow());
        lock (gate)
        {
            if (published.Count >= MaximumPublished) published = published[(MaximumPublished / 2)..];
            published.Add(message);
        }

        return new JsonObject { ["MessageId"] = message.MessageId };
    }

    private JsonObject Subscribe(AwsCall call)
    {
        Existing(call);
        var protocol = call.Input.RequiredText("Protocol");
        var subscription = Subscribe(ArnOfTopic(call), protocol, call.Input.RequiredText("Endpoint"));
        // Whoever is not of AWS must confirm first, and the ARN is told only if it is asked for.
        var isPending = protocol is "http" or "https" or "email" or "email-json" && call.Input.Flag("ReturnSubscriptionArn") != true;
        return new JsonObject { ["SubscriptionArn"] = isPending ? "pending confirmation" : subscription.Arn };
    }

    /// <exception cref="AwsException">InvalidParameter: no ARN of a topic in this region. NotFound: there is none.</exception>
    private Topic Existing(AwsCall call) =>
        Arn.TryParse(ArnOfTopic(call), out var arn) && arn.Service == "sns" && arn.Region == call.Region
            ? topics.GetValueOrDefault(ArnOfTopic(call)) ?? throw Missing()
            : throw new AwsException("InvalidParameter", "Invalid parameter: TopicArn");

    private static AwsException Missing() => new("NotFound", "Topic does not exist", 404);

    private static string ArnOfTopic(AwsCall call) => call.Input.RequiredText("TopicArn");

    private static IEnumerable<IamRequest> NeedsTopic(AwsCall call) => [new IamRequest($"sns:{call.Operation}", ArnOfTopic(call))];

    private static string ArnOf(string accountId, string region, string name) => $"arn:aws:sns:{region}:{accountId}:{name}";
}
