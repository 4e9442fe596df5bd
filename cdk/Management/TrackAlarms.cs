using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Management;

/// <summary>What is told of Track, to the topic that the management stack has for alarms.</summary>
internal static class TrackAlarms
{
    private const int FiveMinutes = 300;
    private const int Hour = 3600;

    public static void Add(Stack stack, ManagedFunction track)
    {
        Alarm(
            stack, "TrackErrors", "Track crashed or timed out, or Cost Explorer refused it; its log says why", "AWS/Lambda", "Errors", "Sum", FiveMinutes,
            new CfnAlarm.DimensionProperty { Name = "FunctionName", Value = track.Name });
        Alarm(
            stack, "CostRequestsCapped", "Cost Explorer has been asked as often today as costRequestsPerDay allows, and not all is known; raise it, or wait",
            Names.MetricNamespace, "CostExplorerCapReached", "Maximum", Hour);
    }

    private static void Alarm(
        Stack stack, string id, string description, string space, string metric, string statistic, int period, CfnAlarm.DimensionProperty? dimension = null) =>
        _ = new CfnAlarm(stack, id, new CfnAlarmProps
        {
            AlarmName = $"{Names.Prefix}-{id}",
            AlarmDescription = description,
            Namespace = space,
            MetricName = metric,
            Dimensions = dimension is null ? null : new[] { dimension },
            Statistic = statistic,
            Period = period,
            EvaluationPeriods = 1,
            Threshold = 1,
            ComparisonOperator = "GreaterThanOrEqualToThreshold",
            TreatMissingData = "notBreaching",
            AlarmActions = [Names.LocalArn("sns", Names.OperationsTopic)],
            OkActions = [Names.LocalArn("sns", Names.OperationsTopic)],
        });
}
