namespace BudgetSync.Core.OwnCosts;

/// <summary>What a deployment of so many accounts costs a month. The hub's alarms, dashboards and memory are those of the templates.</summary>
public sealed record DeploymentCost(decimal Accounts, decimal Alarms, decimal Dashboards, decimal Gigabytes)
{
    /// <summary>How many hours apart a spoke looks (<c>lookEvery</c>).</summary>
    public decimal LookEvery { get; init; } = DeploymentUsage.LookEvery;

    private decimal Reports => Accounts * (DeploymentUsage.Applies + (DeploymentUsage.Hours / LookEvery));

    private decimal Edits => Accounts * DeploymentUsage.Edits;

    public decimal Lambda =>
        Beyond(2 * Reports + Edits + DeploymentUsage.Hours, AwsPrices.LambdaFreeRequests) * AwsPrices.LambdaRequest
        + Beyond(LambdaSeconds * Gigabytes, AwsPrices.LambdaFreeGigabyteSeconds) * AwsPrices.LambdaGigabyteSecond;

    public decimal Events => Reports * (AwsPrices.EventPut + AwsPrices.EventAcrossAccounts);

    public decimal Tables =>
        (Reports * DeploymentUsage.WritesForReport + Edits * DeploymentUsage.WritesForEdit) * AwsPrices.DynamoWrite
        + (Reports * DeploymentUsage.ReadsForReport + Edits * DeploymentUsage.ReadsForEdit
            + Accounts * DeploymentUsage.ReadsForReconcile * DeploymentUsage.Hours) * AwsPrices.DynamoRead
        + Beyond(Stored, AwsPrices.DynamoFreeGigabytes) * AwsPrices.DynamoGigabyteMonth
        + Stored * AwsPrices.DynamoRecoveryGigabyteMonth;

    public decimal Logs =>
        Beyond(LogGigabytes, AwsPrices.LogFreeGigabytes) * AwsPrices.LogGigabyte
        + Beyond(LogGigabytes * DeploymentUsage.LogMonths, AwsPrices.LogFreeGigabytes) * AwsPrices.LogGigabyteMonth;

    public decimal Watching =>
        Beyond(Alarms, AwsPrices.FreeAlarms) * AwsPrices.Alarm
        + Beyond(DeploymentUsage.Metrics, AwsPrices.FreeMetrics) * AwsPrices.Metric
        + Beyond(Dashboards, AwsPrices.FreeDashboards) * AwsPrices.Dashboard;

    public decimal Sum => Lambda + Events + Tables + Logs + Watching;

    /// <summary>Where every account's parameter is over 4 KB.</summary>
    public decimal AdvancedParameters => Accounts * AwsPrices.AdvancedParameter;

    /// <summary>With <c>reportBucket</c>, whose dashboard is one of the free ones: the function, what it reads each hour, and what it keeps.</summary>
    public decimal HourlyPage =>
        DeploymentUsage.Hours * (DeploymentUsage.PageSeconds + Accounts * DeploymentUsage.PageSecondsForAccount) * Gigabytes * AwsPrices.LambdaGigabyteSecond
        + DeploymentUsage.Hours * (Accounts * DeploymentUsage.ReadsForReconcile + DeploymentUsage.ReadsForParts) * AwsPrices.DynamoRead
        + DeploymentUsage.Hours * DeploymentUsage.PutsForPage * AwsPrices.ObjectPut
        + DeploymentUsage.PagesKept * Accounts * DeploymentUsage.PageGigabytesForAccount * AwsPrices.ObjectGigabyteMonth
        + AwsPrices.Alarm;

    /// <summary>Where every account has one budget with an action.</summary>
    public decimal Actions => Beyond(Accounts * DeploymentUsage.Days, AwsPrices.FreeActionBudgetDays) * AwsPrices.ActionBudgetDay;

    private decimal LambdaSeconds =>
        Reports * (DeploymentUsage.ApplySeconds + DeploymentUsage.CollectSeconds)
        + Edits * DeploymentUsage.PropagateSeconds
        + DeploymentUsage.Hours * (DeploymentUsage.ReconcileSeconds + Accounts * DeploymentUsage.ReconcileSecondsForAccount);

    private decimal Stored => Accounts * DeploymentUsage.StoredGigabytes;

    private decimal LogGigabytes => Reports * DeploymentUsage.LogForReport + DeploymentUsage.Hours * DeploymentUsage.LogForReconcile;

    private static decimal Beyond(decimal used, decimal free) => Math.Max(0, used - free);
}
