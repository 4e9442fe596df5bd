namespace BudgetSync.Cdk.Tests.Costs;

/// <summary>What a deployment of so many accounts costs a month. The hub's alarms, dashboards and memory are those of the templates.</summary>
internal sealed record MonthlyCost(decimal Accounts, decimal Alarms, decimal Dashboards, decimal Gigabytes)
{
    /// <summary>How many hours apart a spoke looks (<c>lookEvery</c>).</summary>
    public decimal LookEvery { get; init; } = Usage.LookEvery;

    private decimal Reports => Accounts * (Usage.Applies + (Usage.Hours / LookEvery));

    private decimal Edits => Accounts * Usage.Edits;

    public decimal Lambda =>
        Beyond(2 * Reports + Edits + Usage.Hours, Prices.LambdaFreeRequests) * Prices.LambdaRequest
        + Beyond(LambdaSeconds * Gigabytes, Prices.LambdaFreeGigabyteSeconds) * Prices.LambdaGigabyteSecond;

    public decimal Events => Reports * (Prices.EventPut + Prices.EventAcrossAccounts);

    public decimal Tables =>
        (Reports * Usage.WritesForReport + Edits * Usage.WritesForEdit) * Prices.DynamoWrite
        + (Reports * Usage.ReadsForReport + Edits * Usage.ReadsForEdit + Accounts * Usage.ReadsForReconcile * Usage.Hours) * Prices.DynamoRead
        + Beyond(Stored, Prices.DynamoFreeGigabytes) * Prices.DynamoGigabyteMonth
        + Stored * Prices.DynamoRecoveryGigabyteMonth;

    public decimal Logs =>
        Beyond(LogGigabytes, Prices.LogFreeGigabytes) * Prices.LogGigabyte
        + Beyond(LogGigabytes * Usage.LogMonths, Prices.LogFreeGigabytes) * Prices.LogGigabyteMonth;

    public decimal Watching =>
        Beyond(Alarms, Prices.FreeAlarms) * Prices.Alarm
        + Beyond(Usage.Metrics, Prices.FreeMetrics) * Prices.Metric
        + Beyond(Dashboards, Prices.FreeDashboards) * Prices.Dashboard;

    public decimal Sum => Lambda + Events + Tables + Logs + Watching;

    /// <summary>Where every account's parameter is over 4 KB.</summary>
    public decimal AdvancedParameters => Accounts * Prices.AdvancedParameter;

    /// <summary>With <c>reportBucket</c>, whose dashboard is one of the free ones: the function, what it reads each hour, and what it keeps.</summary>
    public decimal HourlyPage =>
        Usage.Hours * (Usage.PageSeconds + Accounts * Usage.PageSecondsForAccount) * Gigabytes * Prices.LambdaGigabyteSecond
        + Usage.Hours * (Accounts * Usage.ReadsForReconcile + Usage.ReadsForParts) * Prices.DynamoRead
        + Usage.Hours * Usage.PutsForPage * Prices.ObjectPut
        + Usage.PagesKept * Accounts * Usage.PageGigabytesForAccount * Prices.ObjectGigabyteMonth
        + Prices.Alarm;

    /// <summary>Where every account has one budget with an action.</summary>
    public decimal Actions => Beyond(Accounts * Usage.Days, Prices.FreeActionBudgetDays) * Prices.ActionBudgetDay;

    private decimal LambdaSeconds =>
        Reports * (Usage.ApplySeconds + Usage.CollectSeconds)
        + Edits * Usage.PropagateSeconds
        + Usage.Hours * (Usage.ReconcileSeconds + Accounts * Usage.ReconcileSecondsForAccount);

    private decimal Stored => Accounts * Usage.StoredGigabytes;

    private decimal LogGigabytes => Reports * Usage.LogForReport + Usage.Hours * Usage.LogForReconcile;

    private static decimal Beyond(decimal used, decimal free) => Math.Max(0, used - free);
}
