using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What is told of an alert that a row's <c>Snooze</c> silences while it goes on. It resolves what it opened at each provider, because an incident that stays
/// there is escalated and reminded of by the provider itself (PagerDuty takes an acknowledgement back after a while), and opens anew if it is still so then.
/// </summary>
public static class SnoozedAlert
{
    /// <param name="still">What is found of it now.</param>
    public static Alert Of(Alert still, Snooze snooze) => still with
    {
        Phase = AlertPhase.Resolved,
        SnoozedUntil = snooze.Until,
        Text = $"S{SnoozeText.Of(snooze)[1..]}. It is not over: {still.Text} Until then only what is Critical or worse is told.",
    };
}
