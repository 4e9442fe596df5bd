namespace BudgetSync.Core.Ai;

/// <summary>What one principal of one account has used of one model in one Region.</summary>
/// <param name="Cost">USD, exact, of the calls whose price is known.</param>
/// <param name="UnpricedCalls">How many of the calls are not in <paramref name="Cost"/>, because no price is known.</param>
public sealed record ModelUsage(
    AccountId Account,
    AiPrincipal Principal,
    string Region,
    BedrockModel Model,
    long Calls,
    TokenCount Tokens,
    decimal Cost,
    long UnpricedCalls)
{
    /// <summary>As <see cref="AiCharge.IsUncounted"/>.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>Why those calls have none, as <see cref="PriceList.Missing"/> says it.</summary>
    public EquatableSet<string> Missing { get; init; } = [];

    /// <summary>True where nothing is known of what it cost.</summary>
    public bool IsUnpriced => UnpricedCalls > 0 && UnpricedCalls == Calls;
}
