namespace BudgetSync.Core.OwnCosts;

/// <summary>
/// What one account with one budget uses in a month, and what the hub uses whatever their number. Sizes are those of an ordinary row and report.
/// </summary>
public static class DeploymentUsage
{
    public const decimal Days = 365m / 12;
    public const decimal Hours = Days * 24;

    /// <summary>Edits of an account's rows.</summary>
    public const decimal Edits = 4;

    /// <summary>One a day, one for each edit.</summary>
    public const decimal Applies = Days + Edits;

    /// <summary>Hours from one look to the next, by default. Each apply and look sends a report, which crosses accounts and runs Collect.</summary>
    public const decimal LookEvery = 4;

    /// <summary>Seconds of an invocation in AWS, cold ones among them: nearly all of it is waiting for Budgets and DynamoDB.</summary>
    public const decimal ApplySeconds = 0.8m;

    public const decimal CollectSeconds = 0.05m;
    public const decimal PropagateSeconds = 0.3m;

    /// <summary>
    /// Collect: the status row (3 KB) and a day of history (under 1 KB) for each report. Propagate: the status row twice for each edit, and the row.
    /// </summary>
    public const decimal WritesForReport = 4;

    public const decimal WritesForEdit = 7;

    /// <summary>Collect reads the status row and six weeks of history; Propagate the status row and twice the rows of four scopes.</summary>
    public const decimal ReadsForReport = 3;

    public const decimal ReadsForEdit = 9;

    /// <summary>Reconcile scans both tables each hour: 1 KB and 3 KB for each account, 4 KB to the unit.</summary>
    public const decimal ReadsForReconcile = 1;

    /// <summary>Reconcile compares about a thousand accounts a second, and takes two seconds before that.</summary>
    public const decimal ReconcileSeconds = 2;

    public const decimal ReconcileSecondsForAccount = 0.001m;

    /// <summary>The hourly page: a walk of the organization at 20 accounts a call, both tables, a hundred histories, and the page itself.</summary>
    public const decimal PageSeconds = 5;

    public const decimal PageSecondsForAccount = 0.006m;

    /// <summary>Histories of a hundred accounts, 400 days of 300 bytes, 8 KB to the unit (they are not read consistently).</summary>
    public const decimal ReadsForParts = 1500;

    /// <summary>The page and its lines.</summary>
    public const decimal PutsForPage = 2;

    /// <summary>An hour's page for 30 days, and its bytes: 300 for each account in the page, 250 in its lines.</summary>
    public const decimal PagesKept = 30 * 24;

    public const decimal PageGigabytesForAccount = 0.00000055m;

    /// <summary>Gigabytes kept in the tables: a row, its status, and 400 days of history of 300 bytes.</summary>
    public const decimal StoredGigabytes = 0.000125m;

    /// <summary>Gigabytes of log lines of an apply or look with its Collect, and of one Reconcile.</summary>
    public const decimal LogForReport = 0.0000025m;

    public const decimal LogForReconcile = 0.000005m;

    /// <summary>How many months log lines stay (<c>logRetentionDays</c>, 90 by default).</summary>
    public const decimal LogMonths = 3;

    /// <summary>Metrics of the functions: a count for each of eight states, the age of the oldest edit, the latency of Propagate.</summary>
    public const decimal Metrics = 10;
}
