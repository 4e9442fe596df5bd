using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Management;
using BudgetSync.Cdk.Parts;
using Constructs;
using Condition = BudgetSync.Cdk.Parts.Condition;

namespace BudgetSync.Cdk.Stacks;

/// <summary>
/// Hands the events of AWS Organizations, which arrive in us-east-1 of the organization's management account only, to the default bus of another home region,
/// where the rule Enrolment waits for them. Optional: without it the hourly reconcile finds new accounts.
/// </summary>
internal sealed class OrganizationEventsStack : ReadableStack
{
    public const string SourceRegion = "us-east-1";

    private const string RuleName = "BudgetSync-OrganizationEvents";

    public OrganizationEventsStack(Construct scope, string id, Settings settings) : base(scope, id, new StackProps
    {
        Description = "BudgetSync organization events: forwards joins and moves of accounts from us-east-1 to the home region",
        Synthesizer = Synthesis.For(portable: false),
        AnalyticsReporting = false,
        Env = new Amazon.CDK.Environment { Account = settings.OrganizationManagementAccountId ?? settings.ManagementAccountId, Region = SourceRegion },
    })
    {
        var bus = $"arn:{Aws.PARTITION}:events:{settings.HomeRegion}:{settings.ManagementAccountId ?? Aws.ACCOUNT_ID}:event-bus/default";
        var role = new CfnRole(this, "Role", new CfnRoleProps
        {
            Description = "Sends the organization's joins and moves to the home region",
            AssumeRolePolicyDocument = Statement.TrustService(
                "events.amazonaws.com",
                new Condition("StringEquals", "aws:SourceAccount", Aws.ACCOUNT_ID),
                new Condition("ArnEquals", "aws:SourceArn", Names.LocalArn("events", $"rule/{RuleName}"))),
            Policies = new[]
            {
                new CfnRole.PolicyProperty
                {
                    PolicyName = "SendOrganizationEvents",
                    PolicyDocument = Statement.Document(Statement.Allow("SendOrganizationEvents", ["events:PutEvents"], [bus])),
                },
            },
        });
        _ = new Amazon.CDK.AWS.Events.CfnRule(this, "Rule", new Amazon.CDK.AWS.Events.CfnRuleProps
        {
            Name = RuleName,
            Description = "Joins and moves of accounts go to the home region",
            State = "ENABLED",
            EventPattern = Triggers.EnrolmentPattern(),
            Targets = new[] { new Amazon.CDK.AWS.Events.CfnRule.TargetProperty { Id = "HomeRegion", Arn = bus, RoleArn = role.AttrArn } },
        });
    }
}
