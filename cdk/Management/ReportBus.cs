using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using BudgetSync.Cdk.Parts;
using Constructs;

namespace BudgetSync.Cdk.Management;

/// <summary>
/// Where the spokes' reports arrive. The forwarding role of any account of the organization may send what a Lambda destination sends, and
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
                [
                    new Condition("StringEquals", "aws:PrincipalOrgID", organizationId),
                    .. Condition.OnlyEvents(Names.DestinationSource, Names.DestinationDetailTypes),
                    // The one role of a spoke that forwards Apply's results: no other principal of a member account can speak for it.
                    new Condition("ArnLike", "aws:PrincipalArn", $"arn:*:iam::*:role/{Names.ForwardReports}"),
                ]).ToStatementJson(),
        });
    }

    public string Name => bus.AttrName;

    public string Arn => bus.AttrArn;
}
