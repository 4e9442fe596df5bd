namespace BudgetSync.Core.Restrictions;

/// <summary>A row's <c>Snooze</c>: until the end of a day, no response begins and alerts below Critical are not told.</summary>
/// <param name="Until">The last day on which it counts, in UTC.</param>
/// <param name="Why">What for.</param>
/// <param name="By">Who said so. May hold a person's address, which no message shows.</param>
public sealed record Snooze(DateOnly Until, string Why, string By)
{
    public bool HoldsAt(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) <= Until;
}
