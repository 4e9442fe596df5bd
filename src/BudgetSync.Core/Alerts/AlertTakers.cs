using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Alerts;

/// <summary>Which channels an alert is for, and which of them have not been told.</summary>
public static class AlertTakers
{
    /// <summary>Whether something that begins, is told or is over found no room among what is to be sent: asked again when that is sent.</summary>
    public static bool LeavesOut(
        AccountAlerts after, ImmutableArray<Alert> found, ImmutableArray<AlertRoute> routes, IReadOnlyDictionary<string, Channel> channels) =>
        // What is over stays open for those alone who have not been told so.
        after.Open.Any(told => !found.Any(told.IsOf))
        || found.Any(alert => Of(alert, routes, channels) is { IsEmpty: false } who
            && (after.Open.FirstOrDefault(told => told.IsOf(alert)) is not { } told || Late(told, alert, who).Any()));

    /// <summary>Who has not been told of an open alert, or of the worst of it: a row names him from now on, or there was no room when it was told.</summary>
    internal static IEnumerable<string> Late(OpenAlert told, Alert alert, ImmutableArray<string> who) => who.Where(channel => told.Knows(channel)
        ? alert.Urgency >= told.Severity && told.Behind.Contains(channel, StringComparer.Ordinal)
        : !told.Counted.Contains(channel, StringComparer.Ordinal));

    internal static ImmutableArray<string> Of(Alert alert, ImmutableArray<AlertRoute> routes, IReadOnlyDictionary<string, Channel> channels) =>
        [.. routes.Where(route => alert.Urgency >= route.From && channels.ContainsKey(route.Channel)).Select(route => route.Channel)];
}
