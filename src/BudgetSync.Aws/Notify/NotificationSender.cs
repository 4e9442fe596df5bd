using Amazon.EventBridge;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Collect;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Aws.Notify;

/// <summary>Hands messages to the bus, in the shape of the channel's provider; a rule for each channel brings them there.</summary>
public sealed class NotificationSender(IAmazonEventBridge events, string busName, AwsCaller caller, JsonLog log)
{
    public const string DetailType = "BudgetSync Notification";

    private readonly ManagementBus bus = new(events, busName, caller);

    /// <exception cref="AwsFaultException">The bus did not take it.</exception>
    public async Task SendAsync(Alert alert, Channel channel, CancellationToken cancellation)
    {
        if (await bus.PutAsync(DetailType, AlertJson.Notification(alert, channel), cancellation) is { } refused)
        {
            var reason = $"the bus {busName} refused a message for {channel.Name}: {refused.ErrorMessage}";
            var fault = new AwsFault(FaultKind.Retry, refused.ErrorCode ?? "", "events", "PutEvents", reason, Known: true);
            throw new AwsFaultException(fault, new InvalidOperationException(reason));
        }

        log.Info(LogEvent.AlertTold, alert.Account, null, $"{channel.Name}: {alert.Phase} {alert.DedupKey}, {alert.Level}");
    }
}
