using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What is told of an alert that a row's <c>Snooze</c> silences while it goes on. It resolves what it opened at each provider, because an incident that stays
/// there is escalated and reminded of by the provider itself (PagerDuty takes an acknowledgement back after a while), and opens anew if it is still so then.
/// </summary>
public static class SnoozedAlert
{
    private const int MostWhy = 200;

    /// <param name="still">What is found of it now.</param>
    public static Alert Of(Alert still, Snooze snooze)
    {
        var by = snooze.By.Length > 0 ? $" by {Person(snooze.By)}" : "";
        var why = snooze.Why.Length > 0 ? $": {Short(snooze.Why)}" : "";
        var day = DayText.Format(snooze.Until);
        return still with
        {
            Phase = AlertPhase.Resolved,
            SnoozedUntil = snooze.Until,
            Text = $"Snoozed until {day}{by}{why}. It is not over: {still.Text} Until then only what is Critical or worse is told.",
        };
    }

    /// <summary>An ARN may end in the name of a session, which is a person's address as a rule.</summary>
    private static string Person(string by) => Short(string.Join('/', by.Split('/').Select(AddressText.Hidden)));

    private static string Short(string text) => Shortened.Cut(Shortened.Line(text), MostWhy);
}
