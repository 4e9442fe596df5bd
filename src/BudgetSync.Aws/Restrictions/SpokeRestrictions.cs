using BudgetSync.Aws.Faults;
using BudgetSync.Core;
using BudgetSync.Core.Reports;

namespace BudgetSync.Aws.Restrictions;

/// <summary>Carries out in a spoke what the hub asks to restrict.</summary>
public sealed class SpokeRestrictions(HubRestrictions hub, RestrictionExecutor executor)
{
    /// <param name="version">Of the parameter as it was just read.</param>
    /// <param name="evenIfNone">Lift what is in force also where nothing is asked for, and nothing was of late.</param>
    /// <returns>
    /// What became of the restrictions, null where nobody can tell what is asked or nothing was done; and whether the parameter is as the hub wrote it last.
    /// </returns>
    /// <exception cref="AwsFaultException">AWS cannot be asked, or something could not be given back.</exception>
    public async Task<(EquatableArray<ReportedRestriction>? Restrictions, bool IsOfHub)> CarryOutAsync(
        long version, DateTimeOffset now, bool evenIfNone, CancellationToken cancellation)
    {
        var said = await hub.ReadAsync(version, cancellation);
        var reason = said.Reason;
        if (said.Restrictions is not { } desired) return (null, false);
        // What was done may not be given back yet: there was more than one apply does, or AWS did not let it.
        if (desired.IsEmpty && !said.HasEarlier && !evenIfNone) return (null, reason is null);
        var reported = await executor.CarryOutAsync(desired, said.History, now, cancellation);
        return reason is null
            ? (reported, true)
            : ([.. reported.Select(one => one.State == RestrictionOutcome.Lifted ? one : one with { Reasons = [.. one.Reasons, reason] })], false);
    }
}
