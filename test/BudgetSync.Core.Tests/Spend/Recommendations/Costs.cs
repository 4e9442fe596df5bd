using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Core.Tests.Spend.Recommendations;

/// <summary>Months of an account, the last of them October 2026, made short.</summary>
internal static class Costs
{
    public static readonly DateOnly Today = new(2026, 11, 28);

    public static readonly AccountId Account = AccountId.Parse("111122223333");

    public static IEnumerable<MonthlyCost> Until(params IReadOnlyList<decimal> months) =>
        months.Select((amount, index) => new MonthlyCost(Today.AddMonths(index - months.Count), amount));

    public static Recommendation Recommend(decimal? now, IReadOnlyList<decimal> months, RecommendationSettings? settings = null) =>
        Recommender.Of(Account, "USD", Until(months), now, Today, settings ?? RecommendationSettings.Default);
}
