using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// Where the spokes' reports arrive. Any account of the organization may send what a Lambda destination sends, and
/// nothing else; who sent it is the event's own account, which AWS sets.
/// </summary>
internal sealed class ReportBus : Construct
{
    private readonly CfnEventBus bus;

    public ReportBus(Construct scope, string id, string organizationId) : base(scope, id)
    {
        bus = new CfnEventBus(this, "Bus", new CfnEventBusProps { Name = Names.ReportBus });
        _ = new CfnEventBusPolicy(this, "Policy", new CfnEventBusPolicyProps
        {
            EventBusName = bus.AttrName,
            StatementId = "ReportsOfTheOrganization",
            Statement = Statement.AllowTo(
                "ReportsOfTheOrganization",
                new AnyPrincipal(),
                ["events:PutEvents"],
                [bus.AttrArn],
                new Condition("StringEquals", "aws:PrincipalOrgID", organizationId),
                new Condition("StringEquals", "events:source", Names.DestinationSource),
                new Condition("StringEquals", "events:detail-type", Names.DestinationDetailTypes)).ToStatementJson(),
        });
    }

    public string Name => bus.AttrName;

    public string Arn => bus.AttrArn;
}
