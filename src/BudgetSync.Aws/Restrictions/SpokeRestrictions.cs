using BudgetSync.Aws.Faults;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Restrictions;

/// <summary>Carries out in a spoke what the hub asks to restrict.</summary>
/// <param name="lease">Null for a stack from before there was one.</param>
public sealed class SpokeRestrictions(HubRestrictions hub, RestrictionExecutor executor, RestrictionLease? lease)
{
    /// <param name="version">Of the parameter as it was just read.</param>
    /// <param name="evenIfNone">Lift what is in force also where nothing is asked for, and nothing was of late.</param>
    /// <returns>What became of them; stuck, where another run is at it.</returns>
    /// <exception cref="AwsFaultException">AWS cannot be asked.</exception>
    public async Task<RestrictionRun> CarryOutAsync(long version, DateTimeOffset now, bool evenIfNone, CancellationToken cancellation)
    {
        var said = await hub.ReadAsync(version, cancellation);
        if (said.Restrictions is not { } asked) return new RestrictionRun(null);
        // What was done may not be given back yet: there was more than one apply does, or AWS did not let it.
        if (asked.IsEmpty && !said.HasEarlier && !evenIfNone) return new RestrictionRun(null) { IsOfHub = said.Reason is null };
        if (lease is null) return await CarryOutAsync(said, now, cancellation);
        try
        {
            // Once more: it may have waited for a run that knew a newer version, and whoever runs last is to know the newest.
            return await lease.HoldAsync(
                mustHold: true, async begun => await CarryOutAsync(await hub.ReadAsync(version, cancellation), begun, cancellation), cancellation);
        }
        catch (AwsFaultException held) when (held.Fault.Code == RestrictionLease.Held)
        {
            // What was seen of budgets is told all the same.
            return new RestrictionRun(null) { Stuck = held };
        }
    }

    private async Task<RestrictionRun> CarryOutAsync(AskedRestrictions said, DateTimeOffset now, CancellationToken cancellation)
    {
        var reason = said.Reason;
        if (said.Restrictions is not { } desired) return new RestrictionRun(null);
        var run = await executor.CarryOutAsync(desired, said.History, now, cancellation);
        return reason is null
            ? run with { IsOfHub = true }
            : run with
            {
                Restrictions = run.Restrictions is not { } reported ? null
                    : [.. reported.Select(one => one.State == RestrictionOutcome.Lifted ? one : one with { Reasons = [.. one.Reasons, reason] })],
            };
    }
}
