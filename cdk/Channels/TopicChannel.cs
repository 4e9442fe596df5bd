using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Channels;

/// <summary>Addresses, phone numbers or a chat that subscribe to a topic of the channel's own, to which its one rule publishes.</summary>
internal sealed class TopicChannel : Construct
{
    public TopicChannel(Construct scope, ChannelSetting channel) : base(scope, channel.Name)
    {
        // Encrypted with a key of SNS's own, EventBridge could not publish to it (SNS developer guide, "Compatibility of event sources with encrypted topics").
        var topic = new CfnTopic(this, "Topic", new CfnTopicProps
        {
            TopicName = $"{Names.Prefix}-Channel-{channel.Name}",
            DisplayName = "BudgetSync",
        });
        Arn = topic.Ref;
        _ = new CfnTopicPolicy(this, "Policy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = Statement.Document(
                Statement.AllowTo(
                    "Alerts",
                    new ServicePrincipal("events.amazonaws.com"),
                    ["sns:Publish"],
                    [topic.Ref],
                    new Condition("ArnEquals", "aws:SourceArn", ChannelDelivery.RuleArn(channel.Name))),
                Statement.DenyPlainText("sns:Publish", topic.Ref)),
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

    public string Arn { get; }
}
