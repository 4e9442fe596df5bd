using Amazon.CDK.AWS.SNS;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Channels;

/// <summary>
/// Addresses, phone numbers or a chat that subscribe to a topic of the channel's own. Notify publishes to it by its role's permission, which is enough within
/// an account; a rule of EventBridge would hand it JSON, and a mail would come in quotation marks.
/// </summary>
internal sealed class TopicChannel : Construct
{
    public TopicChannel(Construct scope, ChannelSetting channel, string? kmsKeyArn) : base(scope, channel.Name)
    {
        var topic = new CfnTopic(this, "Topic", new CfnTopicProps
        {
            TopicName = NameOf(channel),
            DisplayName = "BudgetSync",
            KmsMasterKeyId = kmsKeyArn,
        });
        _ = new CfnTopicPolicy(this, "Policy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = Statement.Document(Statement.DenyPlainText("sns:Publish", topic.Ref)),
        });
        foreach (var (subscriber, index) in channel.Subscribers.Select((subscriber, index) => (subscriber, index)))
        {
            _ = new CfnSubscription(this, $"Subscriber{index}", new CfnSubscriptionProps
            {
                TopicArn = topic.Ref,
                Protocol = channel.Kind == ChannelKind.Sms ? "sms" : "email",
                Endpoint = subscriber,
            });
        }
    }

    public static string NameOf(ChannelSetting channel) => $"{Names.Prefix}-Channel-{channel.Name}";
}
