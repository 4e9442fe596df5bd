using BudgetSync.Core.Alerts;

namespace BudgetSync.Core.Restrictions;

/// <summary>A row's <c>Snooze</c>: until the end of a day, no response begins and alerts below Critical are not told.</summary>
/// <param name="Until">The last day on which it counts, in UTC.</param>
/// <param name="Why">What for.</param>
/// <param name="By">Who said so. May hold a person's address, which no message shows.</param>
public sealed record Snooze(DateOnly Until, string Why, string By)
{
    private const int MostWords = 200;

    /// <summary>
    /// For people, without anybody's address: <c>snoozed until 2026-11-30 by arn:aws:sts::111122223333:assumed-role/Admin/(address): load test</c>. An ARN may
    /// end in the name of a session, which is a person's address as a rule.
    /// </summary>
    public string Text
    {
        get
        {
            var by = By.Length > 0 ? $" by {Short(string.Join('/', By.Split('/').Select(AddressText.Hidden)))}" : "";
            var why = Why.Length > 0 ? $": {Short(Why)}" : "";
            return $"snoozed until {DayText.Format(Until)}{by}{why}";
        }
    }

    public bool HoldsAt(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) <= Until;

    private static string Short(string text) => Shortened.Cut(Shortened.Line(text), MostWords);
}
