using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sns;

/// <summary>
/// Amazon SNS as far as alarms, budgets and failure destinations use it: topics with policies, what was published, who subscribed, and functions among those.
/// Where a method takes a region, null is the cloud's home region.
/// </summary>
public sealed partial class SnsService : AwsService
{
    /// <summary>The record of published messages forgets its oldest half beyond this many.</summary>
    public const int MaximumPublished = 100_000;

    private readonly LocalCloud cloud;
    private readonly ConcurrentDictionary<string, Topic> topics = new(StringComparer.Ordinal);
    private readonly SubscriptionDirectory subscriptions = new();
    private readonly Lock gate = new();
    private readonly FunctionDelivery functions;
    private List<PublishedMessage> published = [];

    internal SnsService(LocalCloud cloud)
        : base("sns", WireProtocol.Query)
    {
        this.cloud = cloud;
        functions = new FunctionDelivery(cloud);
        cloud.Iam.AddResourcePolicies(SigningName, arn => topics.GetValueOrDefault(arn)?.Policy);
        Operation(
            "CreateTopic",
            SnsShapes.CreateTopic,
            call => [new IamRequest("sns:CreateTopic", ArnOf(call.AccountId, call.Region, call.Input.RequiredText("Name")))],
            CreateTopic);
        Operation("GetTopicAttributes", SnsShapes.OneTopic, NeedsTopic, call => new JsonObject
        {
            ["Attributes"] = QueryProtocol.Map(
                TopicAttributes.Of(ArnOfTopic(call), Existing(call), [.. subscriptions.Of(ArnOfTopic(call))])),
        });
        Operation("SetTopicAttributes", SnsShapes.SetTopicAttributes, NeedsTopic, SetTopicAttributes);
        Operation("Publish", SnsShapes.Publish, NeedsTopic, Publish);
        Operation("Subscribe", SnsShapes.Subscribe, NeedsTopic, Subscribe);
    }

    public override string ValidationCode => "InvalidParameter";

    public override string XmlNamespace => "http://sns.amazonaws.com/doc/2010-03-31/";

    public IReadOnlyList<Subscription> Subscriptions => [.. subscriptions.All.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal)];

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

    /// <summary>Deletes a topic and all its subscriptions (API reference, DeleteTopic).</summary>
    public void DeleteTopic(string topicArn)
    {
        topics.TryRemove(topicArn, out _);
        subscriptions.RemoveTopic(topicArn);
    }

    /// <summary>Whether there is such a topic.</summary>
    public bool HasTopic(string topicArn) => topics.ContainsKey(topicArn);

    /// <summary>Makes a subscription; the same one again is the same one, with the given queue. The messages of a topic reach functions only.</summary>
    /// <param name="deadLetterArn">The queue that gets what could not be delivered.</param>
    public Subscription Subscribe(string topicArn, string protocol, string endpoint, string? deadLetterArn = null) =>
        subscriptions.Put(topicArn, protocol, endpoint, made => made is not null
            ? made with { DeadLetterArn = deadLetterArn ?? made.DeadLetterArn }
            : new Subscription($"{topicArn}:{cloud.Gateway.NewRequestId()}", topicArn, protocol, endpoint)
            {
                DeadLetterArn = deadLetterArn,
                Confirmed = protocol is not ("http" or "https" or "email" or "email-json"),
            });

    /// <summary>A subscription as it is now; null where it has ended since.</summary>
    internal Subscription? FindSubscription(Subscription was) => subscriptions.Find(was);

    /// <summary>What a person does who follows the link in the mail that SNS sends to a new subscriber.</summary>
    public void Confirm(string subscriptionArn) => subscriptions.Change(subscriptionArn, subscription => subscription with { Confirmed = true });

    /// <summary>Ends a subscription; one that is not there is ended already.</summary>
    public void Unsubscribe(string subscriptionArn) => subscriptions.Change(subscriptionArn, _ => null);

    /// <summary>Whether a service may publish for a resource of an account: what AWS Budgets asks of the topic of a notification.</summary>
    /// <param name="servicePrincipal">For example <c>budgets.amazonaws.com</c>.</param>
    /// <param name="sourceArn">What the topic's policy may hold against <c>aws:SourceArn</c>: the budget's ARN.</param>
    internal TopicAccess AccessOf(string servicePrincipal, string accountId, string sourceArn, string topicArn)
    {
        if (!topics.TryGetValue(topicArn, out var topic)) return TopicAccess.NoSuchTopic;
        var service = Caller.Service(servicePrincipal, accountId, sourceArn);
        if (!cloud.Iam.IsAllowed(service, new IamRequest("sns:Publish", topicArn))) return TopicAccess.NotAllowed;
        var region = Arn.TryParse(topicArn, out var arn) ? arn.Region : cloud.Options.Region;
        return topic.KmsKeyId.Length == 0 || cloud.Keys.MayPublish(service, topic.KmsKeyId, region) ? TopicAccess.Granted : TopicAccess.KeyNotGranted;
    }

    /// <summary>Publishes as a given caller: another service's way into a topic.</summary>
    internal Task PublishAsync(Caller caller, string topicArn, string message, CancellationToken cancellation, string? subject = null)
    {
        var region = Arn.TryParse(topicArn, out var arn) ? arn.Region : cloud.Options.Region;
        var input = new JsonObject { ["TopicArn"] = topicArn, ["Message"] = message };
        if (subject is not null) input["Subject"] = subject;
        var call = new AwsCall(SigningName, "Publish", caller, region, input);
        return cloud.Gateway.InvokeAsync(this, call with { RequestId = cloud.Gateway.NewRequestId() }, cancellation);
    }
}
