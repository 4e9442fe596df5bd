using System.Collections.Concurrent;
using System.Collections.Immutable;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Organizations;
using BudgetSync.Core;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Spend.Envelopes;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Reconcile;

/// <content>Rows for several accounts.</content>
public sealed partial class Reconciler
{
    /// <summary>Rows whose key is no account: what is wrong with them is said under the key, and forgotten when they are put right or gone.</summary>
    private async Task CheckKeysAsync(OrganizationSnapshot snapshot, ConcurrentDictionary<string, StatusRow> states, CancellationToken cancellation)
    {
        var problems = Problems(snapshot);
        var known = snapshot.Statuses.Keys.Where(key => Scope.TryParse(key) is not Scope.Account);
        foreach (var key in problems.Keys.Union(known))
        {
            switch (KeyPlan.Decide(key, problems.GetValueOrDefault(key, []), snapshot.Statuses.GetValueOrDefault(key), null, time.GetUtcNow()))
            {
                case KeyDecision.Refuse refusal:
                    states[key] = (await status.StepAsync(key, before => refusal.After(before, key, null, time.GetUtcNow()), cancellation)).After;
                    break;
                case KeyDecision.Forget(var forgotten):
                    await status.DeleteAsync(forgotten, cancellation);
                    states.TryRemove(key, out _);
                    break;
            }
        }
    }

    private ImmutableSortedDictionary<string, ImmutableArray<string>> Problems(OrganizationSnapshot snapshot)
    {
        var envelopes = new OrganizationEnvelopes(snapshot.Tree, snapshot.Rows, snapshot.Statuses, defaults, time.GetUtcNow()).Lines()
            .ToDictionary(line => line.Key, StringComparer.Ordinal);
        foreach (var line in envelopes.Values)
            if (line.Standing.Allocation is AllocationVerdict.Warned(var text)) log.Warn(LogEvent.EnvelopeOverAllocated, null, null, text);
        return snapshot.Rows.Values.Where(row => Scope.TryParse(row.Key) is not Scope.Account)
            .Select(row => KeyValuePair.Create(row.Key, KeyProblems.Of(row, envelopes.GetValueOrDefault(row.Key), defaults)))
            .Where(row => !row.Value.IsEmpty)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
