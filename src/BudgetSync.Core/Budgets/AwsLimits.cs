namespace BudgetSync.Core.Budgets;

/// <summary>
/// Every bound that AWS sets on what we send, and ours where AWS leaves one open, in one place. "BM" is AWS's service model (<c>budgets</c>, <c>ssm</c>), "UG"
/// a page of the AWS documentation by its title;
/// "ours" is a bound AWS leaves open and we close, with the reason.
/// </summary>
public static class AwsLimits
{
    /// <summary>BM budgets, BudgetName: max 100.</summary>
    public const int BudgetNameLength = 100;

    /// <summary>
    /// BM budgets, NotificationThreshold: max 15,000,000,000,000. Amounts are held to the same number (ours: NumericValue is an unbounded text).
    /// </summary>
    public const decimal AmountMaximum = 15_000_000_000_000m;

    /// <summary>
    /// Ours: what is read of amounts that others computed, of usage in the smallest units too. Sums over all accounts and ten thousand times a limit are still
    /// numbers that a decimal holds.
    /// </summary>
    public const decimal ReadAmountMaximum = 100_000_000_000_000_000_000m;

    /// <summary>Whether a number from outside can be an amount: everything that computes with amounts relies on it.</summary>
    public static bool IsAmount(decimal value) => Math.Abs(value) <= ReadAmountMaximum;

    /// <summary>Ours, from the row's definition: cents are the smallest money a COST budget is given in.</summary>
    public const int CostDecimals = 2;

    /// <summary>Ours: more grants at once are a new amount rather; each of them takes room in the 8 KB of a parameter.</summary>
    public const int Grants = 20;

    /// <summary>Ours: two years of monthly amounts; each of them takes room in the 8 KB of a parameter.</summary>
    public const int AmountChanges = 24;

    /// <summary>Ours: a sentence that says why, or a name; each of them takes room in the 8 KB of a parameter.</summary>
    public const int GrantTextLength = 200;

    /// <summary>BM budgets, ResourceTagList: max 200, of which our ownership tag and the tag of adoption are two.</summary>
    public const int ResourceTags = 198;

    /// <summary>BM budgets, ResourceTagKey: 1 to 128.</summary>
    public const int TagKeyLength = 128;

    /// <summary>BM budgets, ResourceTagValue: 0 to 256.</summary>
    public const int TagValueLength = 256;

    /// <summary>BM budgets, BillingViewArn: 20 to 2048 characters.</summary>
    public const int BillingViewArnMinimum = 20;

    /// <inheritdoc cref="BillingViewArnMinimum"/>
    public const int BillingViewArnMaximum = 2048;

    /// <summary>UG "Creating a cost budget": a custom period is at most three years long.</summary>
    public const int CustomYears = 3;

    /// <summary>Ours: finer usage than this is noise, and AWS computes in doubles.</summary>
    public const int UsageDecimals = 10;

    /// <summary>Ours: what a <see cref="decimal"/> holds exactly. DynamoDB keeps 38 digits.</summary>
    public const int NumberDigits = 28;

    /// <summary>BM budgets, Notification.Threshold: "The maximum limit for your threshold is 1,000,000% above the budgeted amount".</summary>
    public const decimal PercentageMaximum = 1_000_000m;

    /// <summary>Ours: AWS holds a threshold as a double, and more digits than a double keeps would never compare equal again.</summary>
    public const int ThresholdDigits = 15;

    /// <summary>
    /// BM budgets, NotificationWithSubscribersList: max 10. (The text of CreateBudget says five; then AWS answers CreationLimitExceededException.)
    /// </summary>
    /// <remarks>We plan for 10; where AWS holds to 5, the shell makes a rejection of it.</remarks>
    public const int Notifications = 10;

    /// <summary>BM budgets, Notification: "one SNS subscriber and up to 10 email subscribers".</summary>
    public const int EmailsPerNotification = 10;

    /// <inheritdoc cref="EmailsPerNotification"/>
    public const int TopicsPerNotification = 1;

    /// <summary>RFC 5321: a path is at most 256 characters with its brackets. The service model sets no bound.</summary>
    public const int EmailLength = 254;

    /// <summary>Ours: the longest unit AWS publishes for usage is far shorter.</summary>
    public const int UnitLength = 100;

    /// <summary>BM budgets, Value (of an Expression) and TagKey: max 1024. Held for the old style of filters too.</summary>
    public const int FilterValueLength = 1024;

    /// <summary>
    /// How deep the operators of an expression may nest. Terraform's documentation of aws_budgets_budget: "The maximum expression nesting depth allowed by the
    /// AWS API is 2"; AWS's own pages say nothing of it.
    /// </summary>
    public const int ExpressionDepth = 2;

    /// <summary>Ours: an And or Or of fewer operands says the same as its operand alone, and AWS refuses it in practice.</summary>
    public const int ExpressionOperands = 2;

    /// <summary>BM budgets, Metrics: max 1.</summary>
    public const int Metrics = 1;

    /// <summary>BM budgets, ExpressionDimensionValues.MatchOptions: "You can specify only one of these values in the array".</summary>
    public const int DimensionMatchOptions = 1;

    /// <summary>BM budgets, Budget.PlannedBudgetLimits: 12 months, the current one and the next 11.</summary>
    public const int PlannedMonths = 12;

    /// <summary>BM budgets, Budget.PlannedBudgetLimits: four quarters, the current one and the next three.</summary>
    public const int PlannedQuarters = 4;

    /// <summary>BM budgets, Budget.TimePeriod: 2087-06-15T00:00Z, the end AWS gives a budget that has none, and the latest it takes.</summary>
    public static readonly DateTimeOffset PeriodEnd = DateTimeOffset.FromUnixTimeSeconds(3_706_473_600);

    /// <summary>BM budgets, Actions: max 100, a bound on a page; how many actions a budget may have is nowhere said.</summary>
    public const int Actions = 100;

    /// <summary>BM budgets, Roles, Groups, Users, TargetIds and InstanceIds: max 100 each.</summary>
    public const int ActionTargets = 100;

    /// <summary>BM budgets, RoleArn: 32 to 618 characters.</summary>
    public const int RoleArnMinimum = 32;

    /// <inheritdoc cref="RoleArnMinimum"/>
    public const int RoleArnMaximum = 618;

    /// <summary>BM budgets, PolicyArn: 25 to 684 characters.</summary>
    public const int PolicyArnMinimum = 25;

    /// <inheritdoc cref="PolicyArnMinimum"/>
    public const int PolicyArnMaximum = 684;

    /// <summary>SSM user guide, "Managing parameter tiers": what the advanced tier holds. Above it a row is rejected.</summary>
    public const int ParameterBytes = 8192;

    /// <summary>SSM user guide, "Managing parameter tiers": what the standard tier, which costs nothing, holds.</summary>
    public const int StandardParameterBytes = 4096;

    /// <summary>UG "Quotas in Amazon DynamoDB": the largest item, names included, is 400 KB.</summary>
    public const int ItemBytes = 400 * 1024;

    /// <summary>Ours: an expression of DynamoDB has at most 4 KB and 300 operators, so an edit of more attributes at once could not be written.</summary>
    public const int RowAttributes = 200;

    /// <summary>UG "Quotas in Amazon DynamoDB", partition key values: at most 2048 bytes.</summary>
    public const int KeyBytes = 2048;

    /// <summary>UG "Quotas in Amazon DynamoDB", naming rules: an attribute's name has fewer than 64 KB.</summary>
    public const int AttributeNameBytes = (64 * 1024) - 1;

    /// <summary>UG "Quotas in Amazon DynamoDB", nested attribute depth: lists and maps and the value inside them.</summary>
    public const int NestingLevels = 32;

    /// <summary>UG "Quotas in Amazon DynamoDB", data types: significant digits of a number.</summary>
    public const int StoredDigits = 38;

    /// <summary>UG "Quotas in Amazon DynamoDB", data types: numbers reach to 9.99…E+125.</summary>
    public const int LargestMagnitude = 125;

    /// <summary>UG "Quotas in Amazon DynamoDB", data types: numbers reach down to 1E-130.</summary>
    public const int SmallestMagnitude = -130;

    /// <summary>BM budgets, MaxResults of DescribeBudgets and DescribeBudgetNotificationsForAccount: 1 to 1000.</summary>
    public const int BudgetsPage = 1000;

    /// <summary>BM budgets, MaxResults of DescribeSubscribersForNotification and DescribeBudgetActionsForBudget: 1 to 100.</summary>
    public const int SubscribersPage = 100;

    /// <summary>Months of the period of a QUARTERLY budget.</summary>
    public const int QuarterMonths = 3;

    /// <summary>BM budgets, DescribeBudgetActionHistories, MaxResults: at most 100.</summary>
    public const int ActionHistoryPage = 100;

    /// <summary>BM budgets, DescribeBudgetPerformanceHistory, MaxResults: at most 100.</summary>
    public const int HistoryPage = 100;

    /// <summary>Service model of Organizations, MaxResults of every list: 1 to 20.</summary>
    public const int OrganizationsPage = 20;

    /// <summary>Service model of DynamoDB: keys of one BatchGetItem.</summary>
    public const int BatchGetKeys = 100;

    /// <summary>Service model of SQS: messages of one ReceiveMessage or entries of one DeleteMessageBatch.</summary>
    public const int QueuePage = 10;

    /// <summary>Service model of EventBridge: entries of one PutEvents.</summary>
    public const int EventsPage = 10;

    /// <summary>CloudWatch user guide, "Embedded metric format specification": values of one metric in one line.</summary>
    public const int MetricValues = 100;

    /// <summary>CloudWatch Logs user guide, "CloudWatch Logs quotas": subscription filters of a log group.</summary>
    public const int SubscriptionsOfGroup = 2;

    /// <summary>Ours: how many problems of one row are listed before the rest is only counted, so that a row of garbage cannot fill the status table.</summary>
    public const int ProblemsListed = 50;

    /// <summary>Ours: how much of a wrong value is quoted back.</summary>
    public const int QuotedCharacters = 80;

    /// <summary>BM budgets, HistoricalOptions.BudgetAdjustmentPeriod: the most periods looked back on.</summary>
    public static int AdjustmentPeriods(TimeUnit unit) => unit switch
    {
        TimeUnit.DAILY => 60,
        TimeUnit.MONTHLY => 12,
        TimeUnit.QUARTERLY => 4,
        _ => 1,
    };
}
