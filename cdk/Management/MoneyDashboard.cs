using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using BudgetSync.Cdk.Parts;

namespace BudgetSync.Cdk.Management;

/// <summary>The money of all accounts on one page of the console, above the metrics that say whether it can be trusted.</summary>
internal static class MoneyDashboard
{
    /// <param name="word">Enabled or Disabled, or a token for one of them.</param>
    /// <param name="whenEnabled">The condition of a portable template; null where it is decided now.</param>
    public static void Show(Stack stack, ManagedFunction report, string word, CfnCondition? whenEnabled)
    {
        if (whenEnabled is null && word != "Enabled") return;
        object[] widgets =
        [
            new Dictionary<string, object>
            {
                ["type"] = "custom",
                ["x"] = 0,
                ["y"] = 0,
                ["width"] = 24,
                ["height"] = 18,
                ["properties"] = new Dictionary<string, object>
                {
                    ["title"] = "Budgets",
                    ["endpoint"] = report.Arn,
                    // The page changes once an hour, and looks the same in every size and time range.
                    ["updateOn"] = new Dictionary<string, object> { ["refresh"] = true, ["resize"] = false, ["timeRange"] = false },
                },
            },
            Dashboard.Widget("Accounts by state", 0, 18, 12, "Maximum", stacked: true, Dashboard.Ours(
                "AccountsApplied", "AccountsPending", "AccountsBlocked", "AccountsRejected", "AccountsFailed", "AccountsUnchecked", "AccountsUncovered")),
            Dashboard.Widget("Oldest edit not yet applied (s)", 12, 18, 6, "Maximum", stacked: false, Dashboard.Ours("OldestUnappliedEditSeconds")),
            Dashboard.Widget("Report: errors", 18, 18, 6, "Sum", stacked: false, Dashboard.OfFunctions("Errors", [report.Name])),
        ];
        var dashboard = new CfnDashboard(stack, "MoneyDashboard", new CfnDashboardProps
        {
            DashboardName = Names.MoneyDashboard,
            DashboardBody = stack.ToJsonString(new Dictionary<string, object> { ["widgets"] = widgets }),
        });
        dashboard.CfnOptions.Condition = whenEnabled;
    }
}
