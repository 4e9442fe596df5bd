using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>What a budget is made of, as the AWS Budgets service model (2016-10-20) bounds it.</summary>
internal static class BudgetShapes
{
    /// <summary>The model's GenericString: anything on one line.</summary>
    public static readonly Shape OneLine = String(0, int.MaxValue, ".*");

    public static readonly Shape AccountId = String(12, 12, "[0-9]{12}");

    public static readonly Shape BudgetName = String(1, 100, @"(?![^:\\]*/action/|(?i).*<script>.*</script>.*)[^:\\]+");

    public static readonly Shape Spend = Members(
        Required("Amount", String(1, int.MaxValue, @"([0-9]*\.)?[0-9]+")),
        Required("Unit", String(1, int.MaxValue, ".*")));

    public static readonly Shape TimePeriod = Members(Optional("Start", Timestamp), Optional("End", Timestamp));

    public static readonly Shape Notification = Members(
        Required("NotificationType", Enum("ACTUAL", "FORECASTED")),
        Required("ComparisonOperator", Enum("GREATER_THAN", "LESS_THAN", "EQUAL_TO")),
        Required("Threshold", new Number(0, AwsLimits.Budgets.Threshold, false)),
        Optional("ThresholdType", Enum("PERCENTAGE", "ABSOLUTE_VALUE")),
        Optional("NotificationState", Enum("OK", "ALARM")));

    public static readonly Shape Subscriber = Members(
        Required("SubscriptionType", Enum("SNS", "EMAIL")),
        // The model writes it as (.*[\n\r\t\f\ ]?)*, which takes exponential time to fail.
        Required("Address", String(1, int.MaxValue, @"[^\u0085\u2028\u2029]*")));

    public static readonly Shape Subscribers = new List(Subscriber, 1, 11);

    public static readonly Shape NotificationsWithSubscribers = new List(
        Members(Required("Notification", Notification), Required("Subscribers", Subscribers)), 0, 10);

    public static readonly Shape Tags = new List(
        Members(Required("Key", String(1, 128)), Required("Value", String(0, 256))), 0, 200);

    private static readonly Shape AdjustmentPeriod = new Number(1, 60, true);

    private static readonly Shape AutoAdjustData = Members(
        Required("AutoAdjustType", Enum("HISTORICAL", "FORECAST")),
        Optional("HistoricalOptions", Members(
            Required("BudgetAdjustmentPeriod", AdjustmentPeriod),
            Optional("LookBackAvailablePeriods", AdjustmentPeriod))),
        Optional("LastAutoAdjustTime", Timestamp));

    private static readonly Shape MatchOptions = new List(
        Enum("EQUALS", "ABSENT", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "GREATER_THAN_OR_EQUAL", "CASE_SENSITIVE", "CASE_INSENSITIVE"), 0, int.MaxValue);

    private static readonly Shape Values = new List(String(0, 1024), 1, int.MaxValue);

    private static readonly Shape Dimensions = Members(
        Required("Key", Enum(
            "AZ", "INSTANCE_TYPE", "LINKED_ACCOUNT", "LINKED_ACCOUNT_NAME", "OPERATION", "PURCHASE_TYPE", "REGION", "SERVICE", "SERVICE_CODE",
            "USAGE_TYPE", "USAGE_TYPE_GROUP", "RECORD_TYPE", "OPERATING_SYSTEM", "TENANCY", "SCOPE", "PLATFORM", "SUBSCRIPTION_ID",
            "LEGAL_ENTITY_NAME", "INVOICING_ENTITY", "DEPLOYMENT_OPTION", "DATABASE_ENGINE", "CACHE_ENGINE", "INSTANCE_TYPE_FAMILY",
            "BILLING_ENTITY", "RESERVATION_ID", "RESOURCE_ID", "RIGHTSIZING_TYPE", "SAVINGS_PLANS_TYPE", "SAVINGS_PLAN_ARN", "PAYMENT_OPTION",
            "RESERVATION_MODIFIED", "TAG_KEY", "COST_CATEGORY_NAME")),
        Required("Values", Values),
        Optional("MatchOptions", MatchOptions));

    private static readonly Shape TagValues = Members(
        Optional("Key", String(0, 1024)), Optional("Values", Values), Optional("MatchOptions", MatchOptions));

    private static readonly Shape CostCategoryValues = Members(
        Optional("Key", AnyText), Optional("Values", Values), Optional("MatchOptions", MatchOptions));

    private static readonly Shape Expression = Members(
        Optional("Or", () => Expressions()),
        Optional("And", () => Expressions()),
        Optional("Not", () => ExpressionItself()),
        Optional("Dimensions", Dimensions),
        Optional("Tags", TagValues),
        Optional("CostCategories", CostCategoryValues));

    public static readonly Shape Budget = Members(
        Required("BudgetName", BudgetName),
        Required("TimeUnit", Enum("DAILY", "MONTHLY", "QUARTERLY", "ANNUALLY", "CUSTOM")),
        Required("BudgetType", Enum("USAGE", "COST", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE")),
        Optional("BudgetLimit", Spend),
        Optional("PlannedBudgetLimits", new Map(OneLine, Spend)),
        Optional("CostFilters", new Map(OneLine, new List(AnyText, 0, int.MaxValue))),
        Optional("CostTypes", Members([.. CostTypes.Names.Select(name => Optional(name, AnyFlag))])),
        Optional("TimePeriod", TimePeriod),
        Optional("CalculatedSpend", Members(Required("ActualSpend", Spend), Optional("ForecastedSpend", Spend))),
        Optional("LastUpdatedTime", Timestamp),
        Optional("AutoAdjustData", AutoAdjustData),
        Optional("FilterExpression", Expression),
        Optional("Metrics", new List(
            Enum("BlendedCost", "UnblendedCost", "AmortizedCost", "NetUnblendedCost", "NetAmortizedCost", "UsageQuantity", "NormalizedUsageAmount", "Hours"),
            0,
            1)),
        Optional("BillingViewArn", String(20, 2048, @"arn:aws[a-z-]*:(billing)::[0-9]{12}:billingview/[a-zA-Z0-9/:_\+=\.\-@]{0,75}[a-zA-Z0-9]")),
        Optional("HealthStatus", Members(
            Optional("Status", Enum("HEALTHY", "UNHEALTHY")),
            Optional("StatusReason", Enum("BILLING_VIEW_NO_ACCESS", "BILLING_VIEW_UNHEALTHY", "FILTER_INVALID", "MULTI_YEAR_HISTORICAL_DATA_DISABLED")),
            Optional("LastUpdatedTime", Timestamp))));

    // An expression holds expressions: asked for only when one is checked, when the field above is set.
    private static Shape ExpressionItself() => Expression;

    private static List Expressions() => new(Expression, 0, int.MaxValue);
}
