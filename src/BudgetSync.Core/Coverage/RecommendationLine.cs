using BudgetSync.Core.Rows;
using BudgetSync.Core.Spend.Recommendations;

namespace BudgetSync.Core.Coverage;

/// <summary>What one account's amount should be.</summary>
/// <param name="Name">The account's name in the organization; "" where it has none.</param>
/// <param name="Row">The row that says so; null where nothing changes or no row can.</param>
/// <param name="NoRow">Why no row says it although something should change; "" otherwise.</param>
public sealed record RecommendationLine(string Name, Recommendation Recommendation, RowImage? Row, string NoRow);
