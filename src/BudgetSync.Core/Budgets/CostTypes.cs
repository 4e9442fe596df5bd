namespace BudgetSync.Core.Budgets;

/// <summary>
/// AWS Budgets CostTypes with AWS's defaults. Describe answers with all eleven members, so all eleven are held. Deprecated by AWS since 2025-04-18, still
/// working.
/// </summary>
public sealed record CostTypes
{
    public bool IncludeTax { get; init; } = true;

    public bool IncludeSubscription { get; init; } = true;

    public bool UseBlended { get; init; }

    public bool IncludeRefund { get; init; } = true;

    public bool IncludeCredit { get; init; } = true;

    public bool IncludeUpfront { get; init; } = true;

    public bool IncludeRecurring { get; init; } = true;

    public bool IncludeOtherSubscription { get; init; } = true;

    public bool IncludeSupport { get; init; } = true;

    public bool IncludeDiscount { get; init; } = true;

    public bool UseAmortized { get; init; }
}
