using System.Text;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.Sns;

/// <content>The operations of the API.</content>
public sealed partial class SnsService
{
    /// <summary>Messages that reached neither the function that subscribed nor a queue for such.</summary>
    public int LostMessages => functions.Lost;

    /// <summary>Everything published, oldest first.</summary>
    public IReadOnlyList<PublishedMessage> Published
    {
        get
        {
            lock (gate) return [.. published];
        }
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
        var topic = Existing(call);
        // Both are needed, also of a caller to whom the topic is open (SNS developer guide, "Managing Amazon SNS encryption keys and costs").
        if (topic.KmsKeyId.Length > 0 && !cloud.Keys.MayPublish(call.Caller, topic.KmsKeyId, call.Region))
            throw new AwsException("KMSAccessDenied", $"{call.Caller.PrincipalArn} is not authorized to perform: kms:GenerateDataKey, kms:Decrypt");
        var text = call.Input.RequiredText("Message");
        if (Encoding.UTF8.GetByteCount(text) > AwsLimits.Sns.MessageBytes) throw new AwsException("InvalidParameter", "Invalid parameter: Message too long");
        var message = new PublishedMessage(ArnOfTopic(call), cloud.Gateway.NewRequestId(), call.Input.Text("Subject"), text, cloud.Time.GetUtcNow());
        lock (gate)
        {
            if (published.Count >= MaximumPublished) published = published[(MaximumPublished / 2)..];
            published.Add(message);
        }

        var subscribed = subscriptions.Of(message.TopicArn).Where(subscription => subscription.Protocol == "lambda");
        foreach (var subscription in subscribed.OrderBy(subscription => subscription.Arn, StringComparer.Ordinal)) functions.Start(message, subscription);
        return new JsonObject { ["MessageId"] = message.MessageId };
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

    private JsonObject Subscribe(AwsCall call)
    {
        Existing(call);
        var protocol = call.Input.RequiredText("Protocol");
        var subscription = Subscribe(ArnOfTopic(call), protocol, call.Input.RequiredText("Endpoint"));
        // The ARN of what is pending is told only if it is asked for.
        var isHidden = !subscription.Confirmed && call.Input.Flag("ReturnSubscriptionArn") != true;
        return new JsonObject { ["SubscriptionArn"] = isHidden ? "pending confirmation" : subscription.Arn };
    }
}
