using BudgetSync.LocalAws.EventBridge;
using BudgetSync.LocalAws.Kernel;
using BudgetSync.LocalAws.Logs;
using BudgetSync.LocalAws.Sns;

namespace BudgetSync.LocalAws;

/// <summary>
/// What goes wrong in a cloud: rules for calls and for deliveries of events and messages, each with a name. They are asked in the order they were added, and
/// the first that has an answer counts. A cloud begins without any.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private (string Name, Func<AwsCall, Fault?> Rule)[] ofCalls = [];
    private (string Name, Func<EventDelivery, DeliveryFault?> Rule)[] ofDeliveries = [];
    private (string Name, Func<MessageDelivery, DeliveryFault?> Rule)[] ofMessages = [];
    private (string Name, Func<LogDelivery, DeliveryFault?> Rule)[] ofLogs = [];

    /// <summary>The names of all rules, those of calls first.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. ofCalls.Select(rule => rule.Name), .. ofDeliveries.Select(rule => rule.Name), .. ofMessages.Select(rule => rule.Name),
                    .. ofLogs.Select(rule => rule.Name),
                ];
            }
        }
    }

    /// <summary>Adds a rule that is asked about each call that IAM allows, before it runs; null from it is no fault.</summary>
    public void OnCalls(Func<AwsCall, Fault?> rule, string name = "calls")
    {
        lock (gate) ofCalls = [.. ofCalls, (name, rule)];
    }

    /// <summary>Adds a rule that is asked about each delivery of an event to a target of a rule; null from it is no fault.</summary>
    public void OnDeliveries(Func<EventDelivery, DeliveryFault?> rule, string name = "deliveries")
    {
        lock (gate) ofDeliveries = [.. ofDeliveries, (name, rule)];
    }

    /// <summary>Adds a rule that is asked about each delivery of a topic's message to a function; null from it is no fault.</summary>
    public void OnMessages(Func<MessageDelivery, DeliveryFault?> rule, string name = "messages")
    {
        lock (gate) ofMessages = [.. ofMessages, (name, rule)];
    }

    /// <summary>Adds a rule that is asked about each delivery of a log's events to a function; null from it is no fault.</summary>
    public void OnLogs(Func<LogDelivery, DeliveryFault?> rule, string name = "logs")
    {
        lock (gate) ofLogs = [.. ofLogs, (name, rule)];
    }

    /// <summary>Takes all rules away.</summary>
    public void Reset()
    {
        lock (gate) (ofCalls, ofDeliveries, ofMessages, ofLogs) = ([], [], [], []);
    }

    // The arrays are replaced, never changed: a rule runs without the lock, and may add another or take all away.
    internal Fault? Of(AwsCall call) => First(ofCalls, call);

    internal DeliveryFault? Of(EventDelivery delivery) => First(ofDeliveries, delivery);

    internal DeliveryFault? Of(MessageDelivery delivery) => First(ofMessages, delivery);

    internal DeliveryFault? Of(LogDelivery delivery) => First(ofLogs, delivery);

    private static TFault? First<TSubject, TFault>((string Name, Func<TSubject, TFault?> Rule)[] rules, TSubject subject)
        where TFault : class
    {
        foreach (var (_, rule) in rules)
        {
            if (rule(subject) is { } fault) return fault;
        }

        return null;
    }
}
