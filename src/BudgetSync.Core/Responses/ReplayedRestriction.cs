using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Responses;

/// <summary>A restriction that rows would have led to.</summary>
/// <param name="From">The day on which it would have begun: the grace is over, and somebody has approved it where that is needed.</param>
/// <param name="To">The day on which it would have been lifted; null: it would be in force still.</param>
public sealed record ReplayedRestriction(AccountId Account, string Budget, ResponseRule Rule, DateOnly From, DateOnly? To, string Fact)
{
    /// <summary>How many days it would have been in force until <paramref name="today"/>.</summary>
    public int DaysUntil(DateOnly today) => Math.Max(1, (To ?? today).DayNumber - From.DayNumber);
}
