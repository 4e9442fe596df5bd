using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.CE;
using CfnEventRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnEventRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// AWS Cost Anomaly Detection over all linked accounts, whose events go to our bus and from there to Notify. The one monitor of accounts that a management
/// account may have is made here, or is one that is there already. A subscription must have a subscriber: it is a topic to which nobody listens, because the
/// event says the same. Sources:
/// Cost Management user guide, "Getting started with Cost Anomaly Detection" and "Using EventBridge with Cost Anomaly Detection": events come of immediate
/// subscriptions only, in us-east-1.
/// </summary>
internal sealed class CostAnomalies : Construct
{
    private const string Forwarding = $"{Names.Prefix}-AnomaliesFound";

    private static readonly string[] Source = ["aws.ce"];

    private static readonly string[] DetailType = ["Anomaly Detected"];

    public CostAnomalies(
        Construct scope, string id, Settings settings, ManagedFunction notify, ReportBus bus, DeadLetterQueue undeliverable) : base(scope, id)
    {
        var topic = new CfnTopic(this, "Topic", new CfnTopicProps { TopicName = $"{Names.Prefix}-Anomalies", DisplayName = "BudgetSync" });
        _ = new CfnTopicPolicy(this, "Policy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = Statement.Document(
                Statement.AllowTo(
                    "AnomaliesOfThisAccount",
                    new ServicePrincipal("costalerts.amazonaws.com"),
                    ["sns:Publish"],
                    [topic.Ref],
                    new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID)),
                Statement.DenyPlainText("sns:Publish", topic.Ref)),
        });
        var monitor = settings.AnomalyMonitorArn ?? new CfnAnomalyMonitor(this, "Monitor", new CfnAnomalyMonitorProps
        {
            MonitorName = $"{Names.Prefix}-Accounts",
            MonitorType = "DIMENSIONAL",
            MonitorDimension = "LINKED_ACCOUNT",
        }).AttrMonitorArn;
        _ = new CfnAnomalySubscription(this, "Subscription", new CfnAnomalySubscriptionProps
        {
            SubscriptionName = $"{Names.Prefix}-Anomalies",
            Frequency = "IMMEDIATE",
            MonitorArnList = [monitor],
            Subscribers = new[] { new CfnAnomalySubscription.SubscriberProperty { Address = topic.Ref, Type = "SNS" } },
            ThresholdExpression = Above(settings.AnomalyAmount, settings.AnomalyPercent),
        });
        var told = new RuleToFunction(
            this, "CostAnomalies", "Tells channels of an account whose costs are unusual, as AWS Cost Anomaly Detection finds them", notify, undeliverable,
            pattern: new Dictionary<string, object>
            {
                ["source"] = Source,
                ["detail-type"] = DetailType,
                // Of this account's Cost Anomaly Detection alone: accounts of the organization have a way to this bus, too.
                ["account"] = new[] { Aws.ACCOUNT_ID },
            },
            bus: bus.Name);
        RuleArns = [Forward(bus, undeliverable).AttrArn, told.Arn];
    }

    /// <summary>Those that hand the events on, and leave what they cannot in the queue.</summary>
    public string[] RuleArns { get; }

    /// <summary>From the default bus, where AWS's own events come, to ours.</summary>
    private CfnEventRule Forward(ReportBus bus, DeadLetterQueue undeliverable)
    {
        var role = new CfnRole(this, "ForwardRole", new CfnRoleProps
        {
            Description = "Sends the events of AWS Cost Anomaly Detection to BudgetSync's bus",
            AssumeRolePolicyDocument = Statement.TrustService(
                "events.amazonaws.com",
                new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
                new Condition("ArnEquals", "aws:SourceArn", Names.LocalArn("events", $"rule/{Forwarding}"))),
            Policies = new[]
            {
                new CfnRole.PolicyProperty
                {
                    PolicyName = "SendAnomalies",
                    PolicyDocument = Statement.Document(Statement.Allow("SendAnomalies", ["events:PutEvents"], [bus.Arn])),
                },
            },
        });
        return new CfnEventRule(this, "Forward", new CfnEventRuleProps
        {
            Name = Forwarding,
            Description = "Sends what AWS Cost Anomaly Detection finds to BudgetSync's bus",
            State = "ENABLED",
            EventPattern = new Dictionary<string, object> { ["source"] = Source, ["detail-type"] = DetailType },
            Targets = new[]
            {
                new CfnEventRule.TargetProperty
                {
                    Id = "Bus",
                    Arn = bus.Arn,
                    RoleArn = role.AttrArn,
                    DeadLetterConfig = new CfnEventRule.DeadLetterConfigProperty { Arn = undeliverable.Arn },
                    // No RetryPolicy: EventBridge's own, 24 hours and 185 attempts.
                },
            },
        });
    }

    /// <summary>Both must be reached (CloudFormation reference, AWS::CE::AnomalySubscription, ThresholdExpression).</summary>
    private static string Above(int amount, int percent) => new JsonObject
    {
        ["And"] = new JsonArray(Reached("ANOMALY_TOTAL_IMPACT_ABSOLUTE", amount), Reached("ANOMALY_TOTAL_IMPACT_PERCENTAGE", percent)),
    }.ToJsonString();

    private static JsonObject Reached(string key, int number) => new()
    {
        ["Dimensions"] = new JsonObject
        {
            ["Key"] = key,
            ["MatchOptions"] = new JsonArray("GREATER_THAN_OR_EQUAL"),
            ["Values"] = new JsonArray(number.ToString(CultureInfo.InvariantCulture)),
        },
    };
}
