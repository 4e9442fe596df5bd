using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Respond;

/// <summary>Brings the entries that a status row holds into the ledger and strikes them out; only then may what they are about travel.</summary>
public sealed class LedgerRecorder(StatusTable status, LedgerTable ledger)
{
    /// <returns>The row without the entries that the ledger holds now.</returns>
    /// <exception cref="AwsFaultException">A table failed.</exception>
    public async Task<StatusRow> RecordAsync(StatusRow row, CancellationToken cancellation)
    {
        if (row.Unrecorded.IsEmpty) return row;
        foreach (var entry in row.Unrecorded) await ledger.RecordAsync(row.Key, entry, cancellation);
        var (_, after) = await status.StepAsync(row.Key, now => StatusChange.Recorded(now ?? row, row.Unrecorded), cancellation, new StatusRead(row));
        return after;
    }
}
