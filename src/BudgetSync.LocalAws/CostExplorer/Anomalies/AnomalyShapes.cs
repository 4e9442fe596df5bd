using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>Monitors and subscriptions as the service model of Cost Explorer (2017-10-25) bounds them.</summary>
internal static class AnomalyShapes
{
    private static readonly Shape Name = String(0, 1024);

    public static Shape Monitor { get; } = Members(
        Required("MonitorName", Name),
        Required("MonitorType", Enum("DIMENSIONAL", "CUSTOM")),
        Optional("MonitorDimension", Enum("SERVICE", "LINKED_ACCOUNT", "TAG", "COST_CATEGORY")),
        Optional("MonitorSpecification", CostExplorerShapes.Expression));

    public static Shape Subscription { get; } = Members(
        Required("SubscriptionName", Name),
        Required("Frequency", Enum("DAILY", "IMMEDIATE", "WEEKLY")),
        Required("MonitorArnList", new List(
            String(20, 2048, @"arn:aws[-a-z0-9]*:[a-z0-9]+:[-a-z0-9]*:[0-9]{12}:[-a-zA-Z0-9/:_]+"), 0, int.MaxValue)),
        Required("Subscribers", new List(
            Members(
                Optional("Address", String(
                    6,
                    302,
                    @"(^[a-zA-Z0-9.!#$%&'*+=?^_‘{|}~-]+@[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)+$)"
                        + @"|(^arn:(aws[a-zA-Z-]*):sns:[a-zA-Z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]+(\.fifo)?$)")),
                Optional("Type", Enum("EMAIL", "SNS"))),
            0,
            int.MaxValue)),
        Optional("ThresholdExpression", CostExplorerShapes.Expression));
}
