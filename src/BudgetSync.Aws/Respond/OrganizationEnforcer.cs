using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Respond;

/// <summary>
/// Carries out what responses ask of the organization: the accounts' status says what is to be in force, the organization's policies are made so, and the
/// status is told what became of it. Each run compares everything anew, so that whatever one of them leaves, the next one does.
/// </summary>
public sealed class OrganizationEnforcer(StatusTable status, LedgerTable ledger, ArmedSwitch armed, ControlPolicies policies, JsonLog log, TimeProvider time)
{
    private readonly LedgerRecorder recorder = new(status, ledger);

    /// <returns>Accounts of whose restrictions something new is known now.</returns>
    /// <exception cref="AwsFaultException">A table or AWS Organizations failed.</exception>
    public async Task<IReadOnlyList<AccountId>> EnforceAsync(CancellationToken cancellation)
    {
        var changed = new List<AccountId>();
        var concerned = new Dictionary<AccountId, StatusRow>();
        foreach (var row in await status.ScanAsync(cancellation))
        {
            if (!AccountId.TryParse(row.Key, out var account) || !row.Restrictions.Any(restriction => restriction.IsOfOrganization)) continue;
            // The ledger before the deed: what cannot be recorded is not done, and the exception says so.
            concerned.Add(account, await recorder.RecordAsync(row, cancellation));
        }

        // Thrown since it was decided, the kill switch keeps it from beginning; and what was decided since the ledger was written waits for its entry. What has
        // begun stays.
        var mayBegin = await armed.ReadAsync(cancellation);
        var desired = concerned.SelectMany(pair => pair.Value.Restrictions
            .Where(restriction => restriction.IsOfOrganization && restriction.State.IsDesired)
            .Where(restriction => restriction.ConfirmedAt is not null || (mayBegin && pair.Value.IsRecorded(restriction)))
            .Select(restriction => new DesiredControl(pair.Key, restriction.Id, restriction.Rule.Do)));
        var outcome = await policies.EnforceAsync([.. desired], cancellation);
        foreach (var (account, row) in concerned.Where(pair => !outcome.Unfinished.Contains(pair.Key)))
        {
            var reported = outcome.Reported.GetValueOrDefault(account, []);
            var (_, after) = await status.StepAsync(
                row.Key, now => StatusChange.Enforced(now ?? row, reported, time.GetUtcNow()), cancellation, new StatusRead(row));
            if (after.Restrictions != row.Restrictions) changed.Add(account);
            await recorder.RecordAsync(after, cancellation);
        }

        if (outcome.Unfinished.Count > 0)
            log.Warn(LogEvent.Controlled, null, null, $"{outcome.Unfinished.Count} accounts are not yet as they should be; the next run goes on.");
        return changed;
    }
}
