using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>How AWS Budgets behaves beyond its fixed rules.</summary>
public sealed record BudgetsOptions
{
    /// <summary>
    /// The filters of a COST budget in the older style, as AWS's own refusal lists them (hashicorp/terraform#19370 with eleven of them; fourteen today).
    /// </summary>
    private static readonly ImmutableArray<string> CostFilterNames =
    [
        "PurchaseType", "UsageTypeGroup", "Service", "Operation", "UsageType", "BillingEntity", "CostCategory",
        "LinkedAccount", "TagKeyValue", "LegalEntityName", "InvoicingEntity", "AZ", "Region", "InstanceType",
    ];

    /// <summary>
    /// CreateBudget is refused with AccessDeniedException in accounts that joined the organization more recently; zero refuses none. AWS: about a day.
    /// </summary>
    public TimeSpan MinimumAccountAge { get; init; }

    /// <summary>Budgets per account; beyond it ServiceQuotaExceededException.</summary>
    public int MaximumBudgetsPerAccount { get; init; } = 20_000;

    /// <summary>True: UpdateBudget refuses another BudgetType or TimeUnit, as AWS may (its documentation does not say).</summary>
    public bool RefuseChangeOfTypeOrUnit { get; init; }

    /// <summary>How long a budget action executes, during which it is locked.</summary>
    public TimeSpan ActionDuration { get; init; }

    /// <summary>The billing currency of accounts that <see cref="Currencies"/> does not name: the only unit of their COST budgets.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Billing currencies by account id.</summary>
    public ImmutableDictionary<string, string> Currencies { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Names that CostFilters may have, by budget type. AWS tells its set for COST only; for the other types the same set is taken,
    /// which is no wider than what is known, and can be set otherwise here.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> CostFilters { get; init; } =
        new[] { "COST", "USAGE", "RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_UTILIZATION", "SAVINGS_PLANS_COVERAGE" }
            .ToImmutableDictionary(type => type, _ => CostFilterNames, StringComparer.Ordinal);

    /// <summary>
    /// Operators (And, Or, Not) of a FilterExpression within each other (Terraform's documentation of aws_budgets_budget: "the maximum … allowed by the AWS API
    /// is 2").
    /// </summary>
    public int MaximumExpressionDepth { get; init; } = 2;

    /// <summary>
    /// True: a FilterExpression without Metrics is refused. False, as seen at AWS (hashicorp/terraform-provider-aws#46866):
    /// the budget is created, and is malformed ("Selected metrics cannot be null"); here it is UNHEALTHY and its spend is never computed.
    /// </summary>
    public bool RefuseExpressionWithoutMetric { get; init; }

    /// <summary>
    /// True: a topic that is not there, or that its policy or key keeps from Budgets, is refused ("Invalid SNS topic", the user guide's words). False, as AWS
    /// did in Terraform's own acceptance test (TestAccBudgetsBudget_notifications: a topic with the default policy): it is taken, and its alerts are lost.
    /// </summary>
    public bool RefuseUnusableTopics { get; init; }

    /// <summary>The shortest time between two refreshes of an account's budgets (UG "Best practices for AWS Budgets": typically 8 to 12 hours).</summary>
    public TimeSpan ShortestRefresh { get; init; } = TimeSpan.FromHours(8);

    /// <summary>The longest.</summary>
    public TimeSpan LongestRefresh { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// True: the first refresh of a budget also writes the history of the periods before it was created, from its account's costs and with its present limit.
    /// AWS does not say whether it does.
    /// </summary>
    public bool HistoryReachesBack { get; init; }

    internal string CurrencyOf(string accountId) => Currencies.GetValueOrDefault(accountId, Currency);
}
