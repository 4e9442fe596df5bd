using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.CE;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// AWS Cost Anomaly Detection over all linked accounts, whose events Notify gets. The one monitor of accounts that a management account may have is made here,
/// or is one that is there already. A subscription must have a subscriber: it is a topic to which nobody listens, because the event says the same. Sources:
/// Cost Management user guide, "Getting started with Cost Anomaly Detection" and "Using EventBridge with Cost Anomaly Detection": events come of immediate
/// subscriptions only, in us-east-1.
/// </summary>
internal sealed class CostAnomalies : Construct
{
    public CostAnomalies(Construct scope, string id, Settings settings, ManagedFunction notify, DeadLetterQueue undeliverable) : base(scope, id)
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
        Rule = new RuleToFunction(
            this, "CostAnomalies", "Tells channels of an account whose costs are unusual, as AWS Cost Anomaly Detection finds them", notify, undeliverable,
            pattern: new Dictionary<string, object> { ["source"] = new[] { "aws.ce" }, ["detail-type"] = new[] { "Anomaly Detected" } });
    }

    /// <summary>Hands the events to Notify.</summary>
    public RuleToFunction Rule { get; }

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
