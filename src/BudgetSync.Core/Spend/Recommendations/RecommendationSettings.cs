namespace BudgetSync.Core.Spend.Recommendations;

/// <summary>What the deployment says of recommendations.</summary>
/// <param name="Method">How amounts are found.</param>
/// <param name="Floor">No amount below this one is recommended: AWS's free tier and a domain name should not page anybody.</param>
/// <param name="Bold">True lets one run change an amount by more than half.</param>
public sealed record RecommendationSettings(RecommendationMethod Method = RecommendationMethod.Robust, decimal Floor = 10, bool Bold = false)
{
    public static RecommendationSettings Default { get; } = new();
}
