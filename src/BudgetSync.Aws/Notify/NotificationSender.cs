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

    /// <param name="failed">How often the channel's topic has not taken it.</param>
    /// <param name="since">When it was first due.</param>
    /// <exception cref="AwsFaultException">The bus did not take it; what a topic does not take is told by what is given back.</exception>
    public async Task<Delivery> SendAsync(Alert alert, Channel channel, int failed, DateTimeOffset since, CancellationToken cancellation)
    {
        var delivery = channel.IsTopic ? await PublishAsync(alert, channel, failed, since, cancellation) : await PutAsync(alert, channel, cancellation);
        if (delivery is Delivery.Taken) log.Info(LogEvent.AlertTold, alert.Account, null, $"{channel.Name}: {alert.Phase} {alert.DedupKey}, {alert.Level}");
        return delivery;
    }

    private async Task<Delivery> PutAsync(Alert alert, Channel channel, CancellationToken cancellation)
    {
        if (await bus.PutAsync(DetailType, AlertJson.Notification(alert, channel), cancellation) is not { } refused) return new Delivery.Taken(null);
        var reason = $"the bus {busName} refused a message for {channel.Name}: {refused.ErrorMessage}";
        var fault = new AwsFault(FaultKind.Retry, refused.ErrorCode ?? "", "events", "PutEvents", reason, Known: true);
        throw new AwsFaultException(fault, new InvalidOperationException(reason));
    }

    private async Task<Delivery> PublishAsync(Alert alert, Channel channel, int failed, DateTimeOffset since, CancellationToken cancellation)
    {
        try
        {
            return new Delivery.Taken(
                await topics.PublishAsync(channel.Name, AlertFormat.Subject(alert, channel), AlertFormat.Body(alert, channel), cancellation));
        }
        catch (AwsFaultException refused)
        {
            log.Warn(LogEvent.AlertNotTaken, alert.Account, null, $"{channel.Name}: {alert.Phase} {alert.DedupKey}, {alert.Level}: {refused.Message}");
            var tries = refused.Fault.Kind == FaultKind.Retry && caller.Now - since < AlertDecision.TriedFor;
            return tries ? new Delivery.NotYet(refused) : await ParkAsync(alert, channel, refused, failed, cancellation);
        }
    }

    private async Task<Delivery> ParkAsync(Alert alert, Channel channel, AwsFaultException refused, int failed, CancellationToken cancellation)
    {
        try
        {
            await undelivered.PutAsync(alert, channel, topics.ArnOf(channel), refused.Fault, failed, cancellation);
            return new Delivery.Parked(refused.Fault.Reason);
        }
        catch (AwsFaultException unparked)
        {
            // Neither the topic nor the queue has it: it stays in the ledger.
            log.Warn(LogEvent.AlertNotTaken, alert.Account, null, $"{channel.Name}: {alert.DedupKey}: {unparked.Message}");
            return new Delivery.NotYet(unparked);
        }
    }
}
