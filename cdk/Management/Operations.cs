using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>Who is told when something is wrong, and of what.</summary>
internal sealed class Operations : Construct
{
    private const int FiveMinutes = 300;
    private const int Hour = 3600;

    private readonly string topicArn;

    public Operations(
        Construct scope, string id, Settings settings, ManagementFunctions functions, DeadLetterQueue parkedEdits, DeadLetterQueue undeliverable)
        : base(scope, id)
    {
        topicArn = Topic(settings);

        DeadLetters("ParkedEdits", "Edits that Propagate gave up. Reconcile takes them up within the hour; if they stay, read its log", parkedEdits);
        DeadLetters(
            "UndeliverableEvents",
            "Events that reached no function, or that it failed on three times. Read the queue: each message says why",
            undeliverable);
        foreach (var (name, function) in new[]
        {
            ("Propagate", functions.Propagate), ("Reconcile", functions.Reconcile), ("Collect", functions.Collect), ("Notify", functions.Notify),
            ("Respond", functions.Respond),
        })
        {
            if (function is null) continue;
            Alarm(name + "Errors", $"{name} crashed or timed out", "AWS/Lambda", "Errors", "Sum", FiveMinutes, threshold: 1, OfFunction(function));
        }

        Alarm(
            "EditsWait", "An edited row has waited for 15 minutes: Propagate is failing or throttled",
            "AWS/Lambda", "IteratorAge", "Maximum", FiveMinutes, threshold: 900_000, OfFunction(functions.Propagate));
        Alarm(
            "ReconcileSilent", "Reconcile has not run for three hours, so nothing that is lost is found",
            "AWS/Lambda", "Invocations", "Sum", 3 * Hour, threshold: 1, OfFunction(functions.Reconcile), comparison: "LessThanThreshold",
            // Breaching would be in ALARM from the first minute on. Missing leaves a new alarm in INSUFFICIENT_DATA, which sends nothing, and one that had data
            // and has none any more goes there too, which tells.
            missing: "missing", tellsWhenSilent: true);
        Alarm(
            "RowsRejected",
            "Rows are wrong; budgetsync status --state Rejected says which and why",
            Names.MetricNamespace,
            "AccountsRejected",
            "Maximum",
            Hour,
            threshold: 1);
        Alarm(
            "AccountsBlocked",
            "Accounts cannot be reached: no spoke stack, or it refuses us; budgetsync status --state Blocked says which and why",
            Names.MetricNamespace,
            "AccountsBlocked",
            "Maximum",
            Hour,
            threshold: 1,
            periods: 3);
        Alarm(
            "AccountsUnchecked",
            "Accounts have not reported for over a day; budgetsync status --state Unchecked says which",
            Names.MetricNamespace,
            "AccountsUnchecked",
            "Maximum",
            Hour,
            threshold: 1);
        Alarm(
            "AccountsFailed",
            "Accounts failed to apply their budgets; budgetsync status --state Failed says why",
            Names.MetricNamespace,
            "AccountsFailed",
            "Maximum",
            Hour,
            threshold: 1);
        if (settings.EstimatedChargesAlarm is { } dollars) OrganizationCharges(dollars);
    }

    /// <summary>
    /// What the whole organization has been charged so far this month, by AWS's own count: it tells also of what no budget, no row and no function of ours
    /// sees. AWS computes it about every six hours, in us-east-1, where billing alerts are turned on in the billing preferences (CloudWatch user guide,
    /// "Creating a billing alarm to monitor your estimated AWS charges").
    /// </summary>
    private void OrganizationCharges(int dollars) => Alarm(
        "OrganizationCharges", $"The organization's estimated charges of this month are {dollars} USD or more; budgetsync report --html says where",
        "AWS/Billing", "EstimatedCharges", "Maximum", 6 * Hour, threshold: dollars, new CfnAlarm.DimensionProperty { Name = "Currency", Value = "USD" });

    /// <summary>Alerts that no channel took.</summary>
    public void Watch(DeadLetterQueue undeliveredAlerts) => DeadLetters(
        "AlertsUndelivered",
        "Alerts that a channel refused, or did not take within a day. budgetsync alerts says which and why, budgetsync alerts redrive sends them once more",
        undeliveredAlerts);

    private string Topic(Settings settings)
    {
        var (email, kmsKeyArn) = (settings.OperationsEmail, settings.KmsKeyArn);
        var topic = new CfnTopic(this, "Topic", new CfnTopicProps
        {
            TopicName = Names.OperationsTopic,
            DisplayName = "BudgetSync operations",
            KmsMasterKeyId = kmsKeyArn,
        });
        _ = new CfnTopicPolicy(this, "TopicPolicy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = Statement.Document(
                Statement.AllowTo(
                    "AlarmsOfThisAccount",
                    new ServicePrincipal("cloudwatch.amazonaws.com"),
                    ["sns:Publish"],
                    [topic.Ref],
                    new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID)),
                Statement.DenyPlainText("sns:Publish", topic.Ref)),
        });
        if (email is not null)
            _ = new CfnSubscription(this, "Subscription", new CfnSubscriptionProps { TopicArn = topic.Ref, Protocol = "email", Endpoint = email });
        return topic.Ref;
    }

    private void DeadLetters(string id, string description, DeadLetterQueue queue) => Alarm(
        id, description, "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", FiveMinutes, threshold: 1,
        new CfnAlarm.DimensionProperty { Name = "QueueName", Value = queue.Name });

    private static CfnAlarm.DimensionProperty OfFunction(ManagedFunction function) => new() { Name = "FunctionName", Value = function.Name };

    private void Alarm(
        string id, string description, string space, string metric, string statistic, int periodSeconds, double threshold,
        CfnAlarm.DimensionProperty? dimension = null,
        string comparison = "GreaterThanOrEqualToThreshold",
        string missing = "notBreaching",
        int periods = 1,
        bool tellsWhenSilent = false) =>
        _ = new CfnAlarm(this, id, new CfnAlarmProps
        {
            AlarmName = $"{Names.Prefix}-{id}",
            AlarmDescription = description,
            Namespace = space,
            MetricName = metric,
            Dimensions = dimension is null ? null : new[] { dimension },
            Statistic = statistic,
            Period = periodSeconds,
            EvaluationPeriods = periods,
            Threshold = threshold,
            ComparisonOperator = comparison,
            TreatMissingData = missing,
            AlarmActions = [topicArn],
            OkActions = [topicArn],
            InsufficientDataActions = tellsWhenSilent ? [topicArn] : null,
        });
}
