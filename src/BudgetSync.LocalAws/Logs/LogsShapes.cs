using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Logs;

/// <summary>The requests of CloudWatch Logs as its service model (2014-03-28) bounds them.</summary>
internal static class LogsShapes
{
    private static readonly Member Group = Required("logGroupName", String(1, 512, @"[\.\-_/#A-Za-z0-9]+"));
    private static readonly Member Stream = Required("logStreamName", String(1, 512, "[^:*]*"));
    private static readonly Shape FilterName = String(1, 512, "[^:*]*");

    public static Shape OneGroup { get; } = Members(Group);

    public static Shape PutRetentionPolicy { get; } = Members(Group, Required("retentionInDays", Integer(int.MinValue, int.MaxValue)));

    public static Shape CreateLogStream { get; } = Members(Group, Stream);

    public static Shape PutLogEvents { get; } = Members(
        Group,
        Stream,
        Required("logEvents", new List(Members(Required("timestamp", Integer(0, long.MaxValue)), Required("message", String(1, int.MaxValue))), 1, 10_000)),
        Optional("sequenceToken", String(1, int.MaxValue)));

    public static Shape PutSubscriptionFilter { get; } = Members(
        Group,
        Required("filterName", FilterName),
        Required("filterPattern", String(0, 1024)),
        Required("destinationArn", String(1, int.MaxValue)));

    public static Shape DeleteSubscriptionFilter { get; } = Members(Group, Required("filterName", FilterName));

    public static Shape DescribeSubscriptionFilters { get; } = Members(
        Group,
        Optional("filterNamePrefix", FilterName),
        Optional("nextToken", String(1, int.MaxValue)),
        Optional("limit", Integer(1, 50)));
}
