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
    /// <summary>None where nothing rose. None either where Cost Explorer cannot be asked: an alert does not wait for its explanation.</summary>
    public async Task<ImmutableArray<CostDriver>> ReadAsync(string account, CancellationToken cancellation)
    {
        if (!AccountId.TryParse(account, out var id)) return [];
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        try
        {
            return CostDriver.Of(await costs.ReadServicesAsync(id, today.AddDays(-CostDriver.DaysAsked), today, cancellation));
        }
        catch (Exception unknown) when (unknown is AwsFaultException or CostRequestCapException)
        {
            log.Warn(LogEvent.DriversUnknown, account, null, $"What rose is not told with its alert: {unknown.Message}");
            return [];
        }
    }
}
