using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BudgetSync.Cdk.Management;
using BudgetSync.Cdk.Parts;
using CfnEventRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnEventRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;
using Constructs;

namespace BudgetSync.Cdk.Channels;

/// <summary>
/// What brings alerts to the channels: for a provider a rule, which takes the events that name it and hands the body on, as it is, to an API destination; for
/// mails, text messages and chats a topic, to which Notify publishes. What EventBridge or Notify gives up after a day lies in one queue.
/// </summary>
internal sealed class ChannelDelivery : Construct
{
    public const string DetailType = "BudgetSync Notification";

    /// <summary>"By default, EventBridge retries sending the event for 24 hours and up to 185 times" (user guide, event retry policy).</summary>
    private const int MostSeconds = 86_400;

    private const int MostAttempts = 185;

    public ChannelDelivery(Construct scope, string id, ImmutableArray<ChannelSetting> channels, ReportBus bus, string? kmsKeyArn) : base(scope, id)
    {
        Undelivered = new DeadLetterQueue(this, "Undelivered", $"{Names.Prefix}-Alerts-DeadLetters");
        var rules = new List<string>();
        foreach (var channel in channels)
        {
            if (ChannelNeeds.Of(channel.Kind).IsTopic) _ = new TopicChannel(this, channel, kmsKeyArn);
            else rules.Add(Rule(channel.Name, bus, new ApiChannel(this, channel)));
        }

        Undelivered.TakeFromRules([.. rules]);
        if (channels.IsEmpty) return;
        _ = new Amazon.CDK.AWS.SSM.CfnParameter(this, "Settings", new Amazon.CDK.AWS.SSM.CfnParameterProps
        {
            Name = Names.Channels,
            Type = "String",
            Description = "The channels of BudgetSync's alerts, for its command line; written by the stack, changed by deploying it",
            Value = ChannelsReader.ForTools(channels),
        });
    }

    /// <summary>Where undelivered alerts lie.</summary>
    public DeadLetterQueue Undelivered { get; }

    /// <summary>The names that rows may give, with commas between.</summary>
    public static string NamesOf(ImmutableArray<ChannelSetting> channels) => string.Join(',', channels.Select(channel => channel.Name));

    /// <summary>What the functions must know of the channels, as JSON.</summary>
    public static string ForFunctions(ImmutableArray<ChannelSetting> channels) =>
        new JsonArray([.. channels.Select(channel => channel.ForFunctions())]).ToJsonString();

    /// <summary>The topics to which Notify publishes, that of operations among them.</summary>
    public static string[] TopicArns(ImmutableArray<ChannelSetting> channels) =>
    [
        Names.LocalArn("sns", Names.OperationsTopic),
        .. channels.Where(channel => ChannelNeeds.Of(channel.Kind).IsTopic).Select(channel => Names.LocalArn("sns", TopicChannel.NameOf(channel))),
    ];

    /// <summary>The rule of a channel, known before there is one: its role names it in a condition, and it names the role.</summary>
    public static string RuleArn(string channel) => Names.LocalArn("events", $"rule/{Names.ReportBus}/{RuleName(channel)}");

    private static string RuleName(string channel) => $"{Names.Prefix}-Alerts-{channel}";

    private string Rule(string channel, ReportBus bus, ApiChannel api)
    {
        var rule = new CfnEventRule(this, $"{channel}Rule", new CfnEventRuleProps
        {
            Name = RuleName(channel),
            Description = $"Hands alerts for {channel} on",
            EventBusName = bus.Name,
            EventPattern = new Dictionary<string, object>
            {
                ["source"] = new[] { Names.OwnSource },
                ["detail-type"] = new[] { DetailType },
                ["detail"] = new Dictionary<string, object> { ["channel"] = new[] { channel } },
            },
            State = "ENABLED",
            Targets = new[]
            {
                new CfnEventRule.TargetProperty
                {
                    Id = "Channel",
                    Arn = api.DestinationArn,
                    RoleArn = api.RoleArn,
                    InputPath = "$.detail.body",
                    DeadLetterConfig = new CfnEventRule.DeadLetterConfigProperty { Arn = Undelivered.Arn },
                    RetryPolicy = new CfnEventRule.RetryPolicyProperty { MaximumEventAgeInSeconds = MostSeconds, MaximumRetryAttempts = MostAttempts },
                },
            },
        });
        return rule.AttrArn;
    }
}
