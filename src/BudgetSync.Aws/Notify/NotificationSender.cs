using Amazon.EventBridge;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Hands messages on in the shape of the channel's provider: to the bus, from where a rule for each channel brings them to a provider outside, or to the
/// channel's topic.
/// </summary>
public sealed class NotificationSender(
    IAmazonEventBridge events,
    string busName,
    TopicPublisher topics,
    UndeliveredQueue undelivered,
    AwsCaller caller,
    JsonLog log)
{
    public const string DetailType = "BudgetSync Notification";

    private readonly ManagementBus bus = new(events, busName, caller);

    /// <param name="failed">How often the bus or the channel's topic has not taken it.</param>
    /// <param name="since">When it was first due.</param>
    public async Task<Delivery> SendAsync(Alert alert, Channel channel, int failed, DateTimeOffset since, CancellationToken cancellation)
    {
        try
        {
            var taken = new Delivery.Taken(await HandOnAsync(alert, channel, cancellation));
            log.Info(LogEvent.AlertTold, alert.Account, null, $"{channel.Name}: {alert.Phase} {alert.DedupKey}, {alert.Level}");
            return taken;
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.AlertNotTaken, alert.Account, null, $"{channel.Name}: {alert.Phase} {alert.DedupKey}, {alert.Level}: {refused.Message}");
            // A topic that refuses a message refuses it again; the bus takes all of them when it is well and Notify may put them there.
            var tries = (!channel.IsTopic || refused.Fault.Kind == FaultKind.Retry) && caller.Now - since < AlertDecision.TriedFor;
            return tries ? new Delivery.NotYet(refused) : await ParkAsync(alert, channel, refused, failed, cancellation);
        }
    }

    /// <returns>SNS's id of the message; null where the bus has it.</returns>
    private async Task<string?> HandOnAsync(Alert alert, Channel channel, CancellationToken cancellation)
    {
        if (channel.IsTopic)
            return await topics.PublishAsync(channel.Name, AlertFormat.Subject(alert, channel), AlertFormat.Body(alert, channel), cancellation);
        await PutAsync(alert, channel, cancellation);
        return null;
    }

    private async Task PutAsync(Alert alert, Channel channel, CancellationToken cancellation)
    {
        if (await bus.PutAsync(DetailType, AlertJson.Notification(alert, channel), cancellation) is not { } refused) return;
        var reason = $"the bus {busName} refused a message for {channel.Name}: {refused.ErrorMessage}";
        var fault = new AwsFault(FaultKind.Retry, refused.ErrorCode ?? "", "events", "PutEvents", reason, Known: true);
        throw new AwsFaultException(fault, new InvalidOperationException(reason));
    }

    private async Task<Delivery> ParkAsync(Alert alert, Channel channel, AwsFaultException refused, int failed, CancellationToken cancellation)
    {
        try
        {
            await undelivered.PutAsync(alert, channel, channel.IsTopic ? topics.ArnOf(channel) : busName, refused.Fault, failed, cancellation);
            return new Delivery.Parked(refused.Fault.Reason);
        }
        catch (AwsFaultException unparked)
        {
            // Neither the channel nor the queue has it: it stays in the ledger.
            log.Warn(LogEvent.AlertNotTaken, alert.Account, null, $"{channel.Name}: {alert.DedupKey}: {unparked.Message}");
            return new Delivery.NotYet(unparked);
        }
    }
}
