using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Core;

namespace BudgetSync.Aws.Collect;

/// <summary>The management account's own bus, by which the functions tell each other what they have found.</summary>
public sealed class ManagementBus(IAmazonEventBridge events, string name, AwsCaller caller)
{
    /// <summary>Puts events, at most as many as one request takes.</summary>
    /// <returns>The bus's answer. It has an entry for each event, in the same order (API reference, PutEvents).</returns>
    /// <exception cref="AwsFaultException">EventBridge failed.</exception>
    public Task<PutEventsResponse> PutAsync(IEnumerable<(string Kind, string Detail)> told, CancellationToken cancellation)
    {
        var request = new PutEventsRequest
        {
            Entries =
            [
                .. told.Select(entry => new PutEventsRequestEntry
                {
                    EventBusName = name,
                    Source = ReportCollector.EventSource,
                    DetailType = entry.Kind,
                    Detail = entry.Detail,
                }),
            ],
        };
        return caller.CallAsync("events", "PutEvents", token => events.PutEventsAsync(request, token), cancellation);
    }

    /// <summary>Puts one event.</summary>
    /// <returns>
    /// Why the bus refused it; null where it took it. A bus that does not exist counts as no failure: EventBridge answers an EventId and drops the event.
    /// </returns>
    /// <exception cref="AwsFaultException">EventBridge failed.</exception>
    public async Task<PutEventsResultEntry?> PutAsync(string kind, string detail, CancellationToken cancellation)
    {
        var answer = await PutAsync([(kind, detail)], cancellation);
        return answer.FailedEntryCount is > 0 ? answer.Entries?.FirstOrDefault() ?? new PutEventsResultEntry() : null;
    }

    /// <summary>
    /// Asks Reconcile for an account: the detail is the very request that it takes, which a rule hands over. No force: no person waits for it in front of a
    /// screen.
    /// </summary>
    /// <inheritdoc cref="PutAsync(string, string, CancellationToken)"/>
    public Task<PutEventsResultEntry?> AskForReconcileAsync(string kind, AccountId account, CancellationToken cancellation) =>
        PutAsync(kind, $$"""{"accounts":["{{account}}"]}""", cancellation);
}
