using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace BudgetSync.Cdk.Parts;

/// <summary>A queue for what could not be delivered: encrypted at rest and in transit, kept as long as SQS keeps anything (14 days).</summary>
internal sealed class DeadLetterQueue : Construct
{
    private readonly CfnQueue queue;

    /// <param name="visibilitySeconds">How long a received message stays hidden: at least as long as its reader runs.</param>
    public DeadLetterQueue(Construct scope, string id, string name, int visibilitySeconds = 30) : base(scope, id)
    {
        queue = new CfnQueue(this, "Queue", new CfnQueueProps
        {
            QueueName = name,
            SqsManagedSseEnabled = true,
            MessageRetentionPeriod = 1_209_600,
            VisibilityTimeout = visibilitySeconds,
        });
        queue.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
    }

    public string Arn => queue.AttrArn;

    public string Url => queue.Ref;

    public string Name => queue.AttrQueueName;

    /// <summary>Closes the queue to everything but TLS, and opens it to the rules whose undeliverable events it takes.</summary>
    public void TakeFromRules(params string[] ruleArns)
    {
        PolicyStatement[] fromRules = ruleArns.Length == 0
            ? []
            : [Statement.AllowTo(
                "UndeliverableEvents",
                new ServicePrincipal("events.amazonaws.com"),
                ["sqs:SendMessage"],
                [Arn],
                new Condition("ArnEquals", "aws:SourceArn", ruleArns))];
        _ = new CfnQueuePolicy(this, "Policy", new CfnQueuePolicyProps
        {
            Queues = [Url],
            PolicyDocument = Statement.Document([Statement.DenyPlainText("sqs:*", Arn), .. fromRules]),
        });
    }
}
