using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.CloudWatch;

/// <summary>The request of CloudWatch as its service model (2010-08-01) bounds it. Percentiles are not here.</summary>
internal static class CloudWatchShapes
{
    private static readonly Shape Name = String(1, 255);

    public static Shape GetMetricStatistics { get; } = Members(
        Required("Namespace", String(1, 255, "[^:].*")),
        Required("MetricName", Name),
        Optional("Dimensions", new List(Members(Required("Name", Name), Required("Value", String(1, 1024))), 0, 30)),
        Required("StartTime", Timestamp),
        Required("EndTime", Timestamp),
        Required("Period", Integer(1, int.MaxValue)),
        Optional("Statistics", new List(Enum("SampleCount", "Average", "Sum", "Minimum", "Maximum"), 1, 5)),
        Optional("Unit", Enum(
            "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits",
            "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second",
            "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None")));
}
