using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Track;
using BudgetSync.Core;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Which services made an account's costs rise, as Cost Explorer has it: one page as a rule, at $0.01, and never more a day than the deployment allows.
/// </summary>
public sealed class CostDrivers(CostReader costs, JsonLog log, TimeProvider time)
{
    /// <summary>So long an alert waits for its explanation: it is at its channel in five seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>None where nothing rose. None either where Cost Explorer cannot be asked, or does not answer in time.</summary>
    public async Task<ImmutableArray<CostDriver>> ReadAsync(string account, CancellationToken cancellation)
    {
        if (!AccountId.TryParse(account, out var id)) return [];
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            return CostDriver.Of(await costs.ReadServicesAsync(id, today.AddDays(-CostDriver.DaysAsked), today, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var why = $"What rose is not told with its alert: Cost Explorer did not answer in {Patience.TotalSeconds:0} s.";
            log.Warn(LogEvent.DriversUnknown, account, null, why);
            return [];
        }
        catch (Exception unknown) when (unknown is AwsFaultException or CostRequestCapException)
        {
            log.Warn(LogEvent.DriversUnknown, account, null, $"What rose is not told with its alert: {unknown.Message}");
            return [];
        }
    }
}
