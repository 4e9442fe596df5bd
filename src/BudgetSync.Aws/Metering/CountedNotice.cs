using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using BudgetSync.Aws.Calls;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;

namespace BudgetSync.Aws.Metering;

/// <summary>
/// Tells the home region that another has counted calls, so that the budgets are decided at once. It says nothing but that: who made such an event up makes a
/// look happen, and no more.
/// </summary>
/// <param name="home">EventBridge of the home region.</param>
/// <param name="region">That counted.</param>
public sealed class CountedNotice(IAmazonEventBridge home, string region, AwsCaller caller, JsonLog log)
{
    /// <summary>As the rule of the spoke's stack has it.</summary>
    public const string DetailType = "BudgetSync Models Counted";

    private const string Source = "budgetsync";

    /// <summary>Sends. A notice that does not leave is only logged: the look that comes every five minutes decides as well.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        var entry = new PutEventsRequestEntry { Source = Source, DetailType = DetailType, Detail = $$"""{"region":"{{region}}"}""" };
        var request = new PutEventsRequest { Entries = [entry] };
        try
        {
            var answer = await caller.CallAsync("events", "PutEvents", token => home.PutEventsAsync(request, token), cancellation);
            if (answer.FailedEntryCount is > 0)
                log.Error(LogEvent.MeterRefused, null, null, Redaction.Clean($"The home region's bus refused the notice: {answer.Entries?[0].ErrorMessage}"));
        }
        catch (AwsFaultException refused)
        {
            log.Error(LogEvent.MeterRefused, null, null, refused.Fault.Reason);
        }
    }
}
