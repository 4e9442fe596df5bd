using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;

namespace BudgetSync.Cdk.Management;

/// <summary>One page that answers: is every account as its rows say, how long do edits take, is anything stuck.</summary>
internal static class Dashboard
{
    public static void Show(Stack stack, ManagementFunctions functions, Parts.DeadLetterQueue parkedEdits, Parts.DeadLetterQueue undeliverable)
    {
        string[] functionNames = [.. functions.All.Select(function => function.Name)];
        object[] widgets =
        [
            Widget("Accounts by state", 0, 0, 24, "Maximum", stacked: true, Ours(
                "AccountsApplied", "AccountsPending", "AccountsBlocked", "AccountsRejected", "AccountsFailed", "AccountsUnchecked", "AccountsUncovered")),
            Widget("Oldest edit not yet applied (s)", 0, 6, 12, "Maximum", stacked: false, Ours("OldestUnappliedEditSeconds")),
            Widget("Edit to parameter (ms, p99)", 12, 6, 12, "p99", stacked: false, Ours("PropagationLatencyMilliseconds")),
            Widget("Function errors", 0, 12, 8, "Sum", stacked: false, OfFunctions("Errors", functionNames)),
            Widget("Function duration (ms, p99)", 8, 12, 8, "p99", stacked: false, OfFunctions("Duration", functionNames)),
            Widget("Parked and undeliverable", 16, 12, 8, "Maximum", stacked: false, [
                ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", parkedEdits.Name],
                ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", undeliverable.Name]]),
        ];
        _ = new CfnDashboard(stack, "Dashboard", new CfnDashboardProps
        {
            DashboardName = Names.Prefix,
            DashboardBody = stack.ToJsonString(new Dictionary<string, object> { ["widgets"] = widgets }),
        });
    }

    internal static object[][] Ours(params string[] metrics) => [.. metrics.Select(metric => new object[] { Names.MetricNamespace, metric })];

    internal static object[][] OfFunctions(string metric, string[] functionNames) =>
        [.. functionNames.Select(name => new object[] { "AWS/Lambda", metric, "FunctionName", name })];

    internal static Dictionary<string, object> Widget(string title, int x, int y, int width, string statistic, bool stacked, object[][] metrics) => new()
    {
        ["type"] = "metric",
        ["x"] = x,
        ["y"] = y,
        ["width"] = width,
        ["height"] = 6,
        ["properties"] = new Dictionary<string, object>
        {
            ["title"] = title,
            ["region"] = Aws.REGION,
            ["view"] = "timeSeries",
            ["stacked"] = stacked,
            ["stat"] = statistic,
            ["period"] = 300,
            ["metrics"] = metrics,
        },
    };
}
