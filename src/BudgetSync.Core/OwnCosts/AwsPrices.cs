namespace BudgetSync.Core.OwnCosts;

/// <summary>
/// What AWS asks in us-east-1, in US dollars, as of 2026-11. Each comes from the service's own price page (aws.amazon.com/SERVICE/pricing). What is free is
/// free once for a whole organization, because consolidated billing counts it together (AWS Billing user guide, "Consolidated billing process").
/// </summary>
public static class AwsPrices
{
    /// <summary>Lambda: a request, and a gigabyte-second of x86.</summary>
    public const decimal LambdaRequest = 0.20m / 1_000_000;

    public const decimal LambdaGigabyteSecond = 0.0000166667m;
    public const decimal LambdaFreeRequests = 1_000_000;
    public const decimal LambdaFreeGigabyteSeconds = 400_000;

    /// <summary>DynamoDB on demand, table class Standard: a KB written, 4 KB read consistently.</summary>
    public const decimal DynamoWrite = 0.625m / 1_000_000;

    public const decimal DynamoRead = 0.125m / 1_000_000;
    public const decimal DynamoGigabyteMonth = 0.25m;
    public const decimal DynamoFreeGigabytes = 25;

    /// <summary>DynamoDB's point-in-time recovery, which has nothing free.</summary>
    public const decimal DynamoRecoveryGigabyteMonth = 0.20m;

    /// <summary>EventBridge: an event put by someone else than an AWS service, and one delivered to a bus of another account. Schedules are free.</summary>
    public const decimal EventPut = 1.00m / 1_000_000;

    public const decimal EventAcrossAccounts = 1.00m / 1_000_000;

    /// <summary>CloudWatch: logs ingested and kept, alarms of standard resolution, metrics, dashboards.</summary>
    public const decimal LogGigabyte = 0.50m;

    public const decimal LogGigabyteMonth = 0.03m;
    public const decimal LogFreeGigabytes = 5;
    public const decimal Alarm = 0.10m;
    public const decimal FreeAlarms = 10;
    public const decimal Metric = 0.30m;
    public const decimal FreeMetrics = 10;
    public const decimal Dashboard = 3.00m;
    public const decimal FreeDashboards = 3;

    /// <summary>Systems Manager: a parameter of the advanced tier (over 4 KB); the standard tier is free.</summary>
    public const decimal AdvancedParameter = 0.05m;

    /// <summary>AWS Budgets: a day of a budget with actions, of which 62 budget-days a month are free. Budgets without actions are free.</summary>
    public const decimal ActionBudgetDay = 0.10m;

    public const decimal FreeActionBudgetDays = 62;

    /// <summary>S3 Standard: a PUT, and a gigabyte kept. A GET is a tenth of a PUT, and few look.</summary>
    public const decimal ObjectPut = 0.005m / 1000;

    public const decimal ObjectGigabyteMonth = 0.023m;

    /// <summary>Cost Explorer: a request of its API.</summary>
    public const decimal CostExplorerRequest = 0.01m;

    /// <summary>KMS: a customer's key, if one is used.</summary>
    public const decimal Key = 1.00m;
}
