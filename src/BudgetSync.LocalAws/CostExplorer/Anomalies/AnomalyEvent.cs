using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.CostExplorer.Anomalies;

/// <summary>What a subscription is told (Cost Management user guide, "Using EventBridge with Cost Anomaly Detection").</summary>
internal static class AnomalyEvent
{
    /// <summary>Where Cost Explorer, and with it Cost Anomaly Detection, lives.</summary>
    public const string Region = "us-east-1";

    public static JsonObject Of(AnomalyMonitor monitor, UnusualCost cost, Func<string, string> nameOf, string id, DateTimeOffset time) => new()
    {
        ["version"] = "0",
        ["id"] = id,
        ["source"] = "aws.ce",
        ["detail-type"] = "Anomaly Detected",
        ["account"] = monitor.AccountId,
        ["region"] = Region,
        ["time"] = time.ToUtcSeconds(),
        ["resources"] = new JsonArray(monitor.Arn),
        ["detail"] = Detail(monitor, cost, nameOf, time),
    };

    private static JsonObject Detail(AnomalyMonitor monitor, UnusualCost cost, Func<string, string> nameOf, DateTimeOffset time) => new()
    {
        ["accountName"] = nameOf(monitor.AccountId),
        ["anomalyEndDate"] = Midnight(DateOnly.FromDateTime(time.UtcDateTime)),
        ["anomalyId"] = cost.Id,
        ["anomalyScore"] = new JsonObject { ["currentScore"] = 0.47, ["maxScore"] = 0.47 },
        ["anomalyStartDate"] = Midnight(cost.Since),
        ["dimensionValue"] = monitor.Dimension == "SERVICE" ? cost.Service : cost.AccountAs ?? cost.LinkedAccount,
        ["impact"] = Impact(cost),
        ["rootCauses"] = new JsonArray(new JsonObject
        {
            ["service"] = cost.Service,
            ["region"] = cost.Region,
            ["linkedAccount"] = cost.LinkedAccount,
            ["linkedAccountName"] = nameOf(cost.LinkedAccount),
            ["usageType"] = cost.UsageType,
            ["impact"] = new JsonObject { ["contribution"] = cost.Impact },
        }),
        ["monitorArn"] = monitor.Arn,
        ["anomalyDetailsLink"] = $"https://console.aws.amazon.com/cost-management/home#/anomaly-detection/anomalies/{cost.Id}",
    };

    private static JsonObject Impact(UnusualCost cost)
    {
        var impact = new JsonObject
        {
            ["maxImpact"] = cost.Impact,
            ["totalActualSpend"] = cost.Actual,
            ["totalExpectedSpend"] = cost.Expected,
            ["totalImpact"] = cost.Impact,
        };
        if (cost.Percentage is { } percentage) impact["totalImpactPercentage"] = decimal.Round(percentage, 2);
        return impact;
    }

    private static string Midnight(DateOnly day) => $"{day:yyyy-MM-dd}T00:00:00Z";
}
