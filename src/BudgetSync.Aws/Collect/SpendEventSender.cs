using Amazon.EventBridge;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Collect;

/// <summary>
/// Sends the events about money that a status row still holds, and strikes out those the bus has taken. What a crash or the bus left there goes with the
/// account's next report, a look at the latest: each event is told at least once, and twice only after a crash between the two.
/// </summary>
public sealed class SpendEventSender(StatusTable status, IAmazonEventBridge events, string busName, AwsCaller caller, JsonLog log)
{
    private readonly ManagementBus bus = new(events, busName, caller);

    /// <exception cref="AwsFaultException">The bus or the table failed; Lambda delivers the report again.</exception>
    public async Task SendAsync(StatusRow row, CancellationToken cancellation)
    {
        if (row.Untold.IsEmpty) return;
        var taken = new List<SpendEvent>();
        foreach (var part in row.Untold.Chunk(AwsLimits.EventsPage))
        {
            var answer = await bus.PutAsync(part.Select(untold => (untold.Kind, untold.Detail)), cancellation);
            var refused = answer.FailedEntryCount is > 0 ? answer.Entries ?? [] : [];
            taken.AddRange(part.Where((_, index) => index >= refused.Count || refused[index].ErrorCode is null or ""));
            if (answer.FailedEntryCount is > 0)
            {
                log.Error(
                    LogEvent.SpendStateChanged,
                    row.Key,
                    null,
                    $"{answer.FailedEntryCount} of {part.Length} events about spending were refused by the bus {busName}; the next report sends them again.");
            }
        }

        foreach (var told in taken) log.Info(LogEvent.SpendStateChanged, row.Key, null, $"{told.Kind}: {told.Detail}");
        if (taken.Count == 0) return;
        await status.StepAsync(row.Key, now => StatusChange.Told(now ?? row, taken), cancellation, new StatusRead(row));
    }
}
