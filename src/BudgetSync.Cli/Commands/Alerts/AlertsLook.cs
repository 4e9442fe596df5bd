using System.Collections.Immutable;
using BudgetSync.Aws.Notify;
using BudgetSync.Aws.Tables;
using BudgetSync.Cli.Commands.Channels;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary>What is known of alerts at one moment.</summary>
/// <param name="Told">The messages about the one account that was asked for, oldest first; none where all were.</param>
/// <param name="Lost">What lies in the dead-letter queue, of that account.</param>
/// <param name="Unheard">The topics among the channels that are told of.</param>
internal sealed record AlertsLook(
    ImmutableArray<AccountAlerts> Open, ImmutableArray<ToldAlert> Told, ImmutableArray<UndeliveredAlert> Lost, ImmutableArray<ChannelStanding> Unheard)
{
    public bool IsUnheard(string channel) => Unheard.Any(one => one.Channel.Name == channel && !one.IsRight);

    /// <summary>Whether a message of an open alert lies in the queue, for a channel that is said to know of it.</summary>
    public bool IsLost(string account, OpenAlert alert, string channel)
    {
        var key = new Alert(alert.Kind, alert.Severity, AlertPhase.Opened, account, alert.Budget, alert.Period, "", "", alert.ToldAt).DedupKey;
        return Lost.Any(one => one.Channel == channel && one.Key == key);
    }

    /// <summary>Why no channel took a message: it lies in the queue since, or lay there until it was sent once more; null where one did.</summary>
    public string? WhyUndelivered(ToldAlert message) => message.Undelivered ?? (message.Counted || Redriven(message) is not null
        ? null
        : Lost.Where(one => one.Channel == message.Channel && one.AlertId == message.Alert.Id).Select(one => one.Why).FirstOrDefault());

    /// <summary>The same message where it was sent once more; null where it was not.</summary>
    public ToldAlert? Redriven(ToldAlert message) => Told.FirstOrDefault(other =>
        !other.Counted && other.Channel == message.Channel && other.Alert.Id == message.Alert.Id && other.At > message.At);

    /// <summary>The last message of each alert that a row's Snooze silences and that goes on.</summary>
    public IEnumerable<Alert> Snoozed(DateTimeOffset now) => Told.GroupBy(message => message.Alert.DedupKey)
        .Select(messages => messages.MaxBy(message => message.Alert.At)!.Alert) // A group has one at least.
        .Where(alert => alert.SnoozedUntil >= DateOnly.FromDateTime(now.UtcDateTime));
}
