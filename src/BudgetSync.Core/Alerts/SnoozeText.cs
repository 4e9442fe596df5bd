using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Alerts;

/// <summary>A snooze for people, without anybody's address.</summary>
public static class SnoozeText
{
    private const int MostWords = 200;

    /// <summary>
    /// For example <c>snoozed through 2026-11-30 by arn:aws:sts::111122223333:assumed-role/Admin/(address): load test</c>. An ARN may end in the name of a
    /// session, which is a person's address as a rule.
    /// </summary>
    public static string Of(Snooze snooze)
    {
        var by = snooze.By.Length > 0 ? $" by {Short(string.Join('/', snooze.By.Split('/').Select(AddressText.Hidden)))}" : "";
        var why = snooze.Why.Length > 0 ? $": {Short(snooze.Why)}" : "";
        return $"snoozed through {DayText.Format(snooze.Until)}{by}{why}";
    }

    private static string Short(string text) => Shortened.Cut(Shortened.Line(text), MostWords);
}
