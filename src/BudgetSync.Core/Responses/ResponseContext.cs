using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Responses;

/// <summary>What holds for all accounts when responses are decided.</summary>
/// <param name="Armed">False: the kill switch is thrown. Nothing begins, and nothing is lifted for that.</param>
/// <param name="Brake">
/// Null where only one account was looked at: then nothing begins by itself, for whoever looks at one cannot see that many are about to.
/// </param>
public sealed record ResponseContext(DateTimeOffset Now, bool Armed, MassBrake? Brake)
{
    /// <summary>As the account's states were judged.</summary>
    public SpendBounds Bounds { get; init; } = SpendBounds.Default;
}
