using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Management;

/// <summary>An alarm of a stack beside the management stack, told to the topic that the latter has for alarms.</summary>
internal static class FunctionAlarm
{
    /// <param name="function">Whose metric it is; null: one without dimensions.</param>
    public static void Add(
        Stack stack, string id, string description, string space, string metric, string statistic, int period, ManagedFunction? function = null) =>
        _ = new CfnAlarm(stack, id, new CfnAlarmProps
        {
            AlarmName = $"{Names.Prefix}-{id}",
            AlarmDescription = description,
            Namespace = space,
            MetricName = metric,
            Dimensions = function is null ? null : new[] { new CfnAlarm.DimensionProperty { Name = "FunctionName", Value = function.Name } },
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
