using Amazon.CDK;
using CfnEventRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnEventRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using BudgetSync.Cdk.Stacks;
using Constructs;

namespace BudgetSync.Cdk.Spoke;

/// <summary>Sends Apply's results, and nothing else of this account, to the management account's bus.</summary>
internal sealed class ForwardReports : Construct
{
    public ForwardReports(Construct scope, string id, Settings settings, SpokeValues given, ApplyFunction apply) : base(scope, id)
    {
        const string name = Names.ForwardReports;
        var bus = $"arn:{Aws.PARTITION}:events:{given.HomeRegion}:{given.ManagementAccountId}:event-bus/{Names.ReportBus}";
        var role = new CfnRole(this, "Role", new CfnRoleProps
        {
            RoleName = name,
            Description = "Sends the reports of BudgetSync's Apply to the management account",
            AssumeRolePolicyDocument = Statement.TrustService(
                "events.amazonaws.com",
                new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
                new Condition("ArnEquals", "aws:SourceArn", Names.LocalArn("events", $"rule/{name}"))),
            Policies = new[]
            {
                new CfnRole.PolicyProperty
                {
                    PolicyName = "SendReports",
                    PolicyDocument = Statement.Document(Statement.Allow("SendReports", ["events:PutEvents"], [bus])),
                },
            },
        });
        Rule = new CfnEventRule(this, "Rule", new CfnEventRuleProps
        {
            Name = name,
            Description = "Every result of Apply, success and failure, goes to the management account",
            State = "ENABLED",
            EventPattern = new Dictionary<string, object>
            {
                ["source"] = new[] { Names.DestinationSource },
                ["detail-type"] = Names.DestinationDetailTypes,
                // The event names the function with its version or $LATEST behind a colon, which no name of a function has in it: so BudgetSync-ApplyMine is
                // not meant. Apply sends its report itself where CloudFormation called it. By name, because the rule must outlive Apply when the stack goes:
                // the last report takes this way.
                ["detail"] = new Dictionary<string, object>
                {
                    ["requestContext"] = new Dictionary<string, object>
                    {
                        ["functionArn"] = Reporting(settings).SelectMany(Function).ToArray(),
                    },
                },
            },
            Targets = new[]
            {
                new CfnEventRule.TargetProperty
                {
                    Id = "ManagementBus",
                    Arn = bus,
                    RoleArn = role.AttrArn,
                    DeadLetterConfig = new CfnEventRule.DeadLetterConfigProperty { Arn = apply.Undeliverable.Arn },
                    // No RetryPolicy: EventBridge's own (24 hours, 185 attempts) outlasts any outage we could sit out.
                },
            },
        });
    }

    private static string[] Reporting(Settings settings) =>
        settings.Ai ? [Names.Apply, Names.FirstApply, Names.Meter] : [Names.Apply, Names.FirstApply];

    /// <summary>A function without and with a qualifier, and no other whose name begins like it.</summary>
    private static IEnumerable<object> Function(string function)
    {
        var arn = Names.LocalArn("lambda", $"function:{function}");
        return [arn, new Dictionary<string, object> { ["prefix"] = $"{arn}:" }];
    }

    public CfnEventRule Rule { get; }

    public string RuleArn => Rule.AttrArn;
}
