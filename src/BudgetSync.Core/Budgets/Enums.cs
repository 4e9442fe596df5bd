namespace BudgetSync.Core.Budgets;

#pragma warning disable CA1707 // The members are AWS's own words, so that a row, a document and a log all spell them alike.

/// <summary>AWS Budgets BudgetType (service model).</summary>
public enum BudgetType
{
    COST,
    USAGE,
    RI_UTILIZATION,
    RI_COVERAGE,
    SAVINGS_PLANS_UTILIZATION,
    SAVINGS_PLANS_COVERAGE,
}

/// <summary>AWS Budgets TimeUnit.</summary>
public enum TimeUnit
{
    DAILY,
    MONTHLY,
    QUARTERLY,
    ANNUALLY,

    /// <summary>One period, the budget's TimePeriod, which does not begin again.</summary>
    CUSTOM,
}

/// <summary>AWS Budgets NotificationType.</summary>
public enum NotificationType
{
    ACTUAL,
    FORECASTED,
}

/// <summary>AWS Budgets ComparisonOperator.</summary>
public enum ComparisonOperator
{
    GREATER_THAN,
    LESS_THAN,
    EQUAL_TO,
}

/// <summary>AWS Budgets ThresholdType.</summary>
public enum ThresholdType
{
    PERCENTAGE,
    ABSOLUTE_VALUE,
}

/// <summary>AWS Budgets SubscriptionType.</summary>
public enum SubscriptionType
{
    EMAIL,
    SNS,
}

/// <summary>AWS Budgets AutoAdjustType.</summary>
public enum AutoAdjustType
{
    HISTORICAL,
    FORECAST,
}

/// <summary>AWS Budgets ActionType.</summary>
public enum ActionType
{
    APPLY_IAM_POLICY,
    APPLY_SCP_POLICY,
    RUN_SSM_DOCUMENTS,
}

/// <summary>AWS Budgets ActionSubType.</summary>
public enum ActionSubType
{
    STOP_EC2_INSTANCES,
    STOP_RDS_INSTANCES,
}

/// <summary>AWS Budgets ApprovalModel.</summary>
public enum ApprovalModel
{
    AUTOMATIC,
    MANUAL,
}

/// <summary>AWS Budgets Metric, as <c>Metrics</c> of a budget with a FilterExpression names it.</summary>
public enum BudgetMetric
{
    BlendedCost,
    UnblendedCost,
    AmortizedCost,
    NetUnblendedCost,
    NetAmortizedCost,
    UsageQuantity,
    NormalizedUsageAmount,
    Hours,
}

/// <summary>What happens to a spoke's budgets when its own row is deleted from the table.</summary>
public enum OnDelete
{
    /// <summary>Back to the inherited row; where none applies, as <see cref="DELETE"/>.</summary>
    REVERT,

    /// <summary>The budgets we manage are deleted, whatever is inherited.</summary>
    DELETE,

    /// <summary>The budgets stay as they are and are no longer kept equal to anything.</summary>
    RETAIN,
}
