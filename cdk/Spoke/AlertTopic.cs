using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SNS;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>
/// The topic by which AWS Budgets tells Apply of an alert at once. Apply subscribes it to its notifications; it tells no person and only makes Apply look.
/// On by default: it costs nothing, and without it an alert is known here up to one period of looks later.
/// </summary>
internal sealed class AlertTopic : Construct
{
    private readonly CfnTopic? topic;
    private readonly CfnTopicPolicy? policy;

    public AlertTopic(Construct scope, string id, SpokeValues given, DeploymentValues values) : base(scope, id)
    {
        if (given.AlertTopic == "Disabled") return;
        var condition = values.WhenEnabled("AlertTopic", given.AlertTopic);
        topic = new CfnTopic(this, "Topic", new CfnTopicProps { TopicName = Names.Alerts, DisplayName = "BudgetSync looks at once" });
        topic.CfnOptions.Condition = condition;
        policy = new CfnTopicPolicy(this, "Policy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = Statement.Document(
                // For budgets of this account only (AWS Budgets user guide, "Creating an Amazon SNS topic for budget notifications").
                Statement.AllowTo(
                    "AlertsOfThisAccount",
                    new ServicePrincipal("budgets.amazonaws.com"),
                    ["sns:Publish"],
                    [topic.Ref],
                    new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
                    new Condition("ArnLike", "aws:SourceArn", Names.GlobalArn("budgets", "*"))),
                Statement.DenyPlainText("sns:Publish", topic.Ref)),
        });
        policy.CfnOptions.Condition = condition;
        Arn = WhereEnabled(topic.Ref);
    }

    /// <summary>The topic's ARN, or nothing.</summary>
    public string Arn { get; } = "";

    /// <summary>Lets the topic call the function.</summary>
    /// <returns>
    /// The names of what must stand before a budget may name the topic, or nothing: AWS Budgets publishes to one that it may not without a word. Whoever refers
    /// to them waits for them, which a DependsOn on something conditional does not do.
    /// </returns>
    public string Calls(ManagedFunction function)
    {
        if (topic is null || policy is null) return "";
        var permission = new CfnPermission(this, "MayCall", new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = function.Name,
            Principal = "sns.amazonaws.com",
            SourceArn = topic.Ref,
        });
        var subscription = new CfnSubscription(this, "Subscription", new CfnSubscriptionProps
        {
            TopicArn = topic.Ref,
            Protocol = "lambda",
            Endpoint = function.Arn,
        });
        permission.CfnOptions.Condition = topic.CfnOptions.Condition;
        subscription.CfnOptions.Condition = topic.CfnOptions.Condition;
        return WhereEnabled(Fn.Join(" ", [policy.Ref, permission.Ref, subscription.Ref]));
    }

    private string WhereEnabled(string value) =>
        topic?.CfnOptions.Condition is { } condition ? Fn.ConditionIf(condition.LogicalId, value, "").ToString()! : value;
}
