using BudgetSync.LocalAws.Kernel;
using static BudgetSync.LocalAws.Kernel.Shape;

namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>The requests of AWS Cost Explorer as its service model (2017-10-25) bounds them.</summary>
internal static class CostExplorerShapes
{
    private static readonly Shape Day = String(0, 40, @"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}Z)?");
    private static readonly Shape Values = new List(String(0, 1024), 0, int.MaxValue);

    private static readonly Shape MatchOptions = new List(
        Enum("EQUALS", "ABSENT", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "CASE_SENSITIVE", "CASE_INSENSITIVE", "GREATER_THAN_OR_EQUAL"), 0, int.MaxValue);

    private static readonly Shape Dimensions = Members(
        Optional("Key", Enum(
            "AZ", "INSTANCE_TYPE", "LINKED_ACCOUNT", "PAYER_ACCOUNT", "LINKED_ACCOUNT_NAME", "OPERATION", "PURCHASE_TYPE", "REGION", "SERVICE", "SERVICE_CODE",
            "USAGE_TYPE", "USAGE_TYPE_GROUP", "RECORD_TYPE", "OPERATING_SYSTEM", "TENANCY", "SCOPE", "PLATFORM", "SUBSCRIPTION_ID", "LEGAL_ENTITY_NAME",
            "DEPLOYMENT_OPTION", "DATABASE_ENGINE", "CACHE_ENGINE", "INSTANCE_TYPE_FAMILY", "BILLING_ENTITY", "RESERVATION_ID", "RESOURCE_ID",
            "RIGHTSIZING_TYPE", "SAVINGS_PLANS_TYPE", "SAVINGS_PLAN_ARN", "PAYMENT_OPTION", "AGREEMENT_END_DATE_TIME_AFTER",
            "AGREEMENT_END_DATE_TIME_BEFORE", "INVOICING_ENTITY", "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "ANOMALY_TOTAL_IMPACT_PERCENTAGE")),
        Optional("Values", Values),
        Optional("MatchOptions", MatchOptions));

    private static readonly Shape Tags = Members(Optional("Key", String(0, 1024)), Optional("Values", Values), Optional("MatchOptions", MatchOptions));

    private static readonly Shape CostCategories = Members(
        Optional("Key", String(1, 50)), Optional("Values", Values), Optional("MatchOptions", MatchOptions));

    /// <summary>What chooses costs, or anomalies.</summary>
    public static readonly Shape Expression = Members(
        Optional("Or", () => Expressions()),
        Optional("And", () => Expressions()),
        Optional("Not", () => ExpressionItself()),
        Optional("Dimensions", Dimensions),
        Optional("Tags", Tags),
        Optional("CostCategories", CostCategories));

    public static Shape GetCostAndUsage { get; } = Members(
        Required("TimePeriod", Members(Required("Start", Day), Required("End", Day))),
        Required("Granularity", Enum("DAILY", "MONTHLY", "HOURLY")),
        Optional("Filter", Expression),
        Required("Metrics", new List(String(0, 1024), 0, int.MaxValue)),
        Optional("GroupBy", new List(
            Members(Optional("Type", Enum("DIMENSION", "TAG", "COST_CATEGORY")), Optional("Key", String(0, 1024))), 0, int.MaxValue)),
        Optional("BillingViewArn", String(20, 2048, @"arn:aws[a-z-]*:(billing)::[0-9]{12}:billingview/[-a-zA-Z0-9/:_+=.@]{1,43}")),
        Optional("NextPageToken", String(0, 8192)));

    // An expression holds expressions: asked for only when one is checked, when the field above is set.
    private static Shape ExpressionItself() => Expression;

    private static List Expressions() => new(Expression, 0, int.MaxValue);
}
