using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <content>
/// What is lifted while rows are wrong: the document that they ask for cannot be made, so what is lifted is taken out of the one that is there.
/// </content>
public sealed partial class AccountPropagator
{
    private const string NothingOfOurs =
        "none of the versions of its parameter that AWS keeps is BudgetSync's and can be read, so it cannot be taken out: correct the rows";

    /// <param name="reasons">Why the rows are refused.</param>
    /// <param name="known">The account's status, which says what is being lifted.</param>
    private async Task<PropagationStep> LiftAsync(
        AccountId account,
        EquatableArray<string> reasons,
        StatusRow known,
        DateTimeOffset? editedAt,
        bool renew,
        CancellationToken cancellation)
    {
        ImmutableArray<string> kept = [.. known.Restrictions.Where(one => one.State.IsDesired).Select(one => one.Id)];
        try
        {
            if (await parameter.LiftAsync(account, kept, role, defaults, renew, cancellation) is not { } amended)
                return await NotLiftedAsync(PropagationOutcome.Rejected, NothingOfOurs);
            var (_, after) = await status.StepAsync(
                account.Value,
                before => StatusChange.Amended(before, known, reasons, amended.Revision, amended.Version, editedAt, time.GetUtcNow()),
                cancellation,
                new StatusRead(known));
            log.Warn(
                LogEvent.PropagateLifted,
                account.Value,
                amended.Revision,
                $"The rows are wrong; what is lifted {(amended.Written ? $"was taken out of the parameter with version {amended.Version}" : "is not in it")}.");
            // Who writes rows meanwhile, and is overtaken by this, goes round again; where they stay wrong nothing more is due.
            return new PropagationStep(PropagationOutcome.Rejected, after, amended.Revision, MustCheck: amended.Written);
        }
        catch (AwsFaultException refused)
        {
            var outcome = refused.Fault.Kind is FaultKind.Retry ? PropagationOutcome.Retry : PropagationOutcome.Rejected;
            return await NotLiftedAsync(outcome, $"it cannot be taken out of its parameter: {refused.Fault.Reason}");
        }

        async Task<PropagationStep> NotLiftedAsync(PropagationOutcome outcome, string why)
        {
            log.Warn(LogEvent.PropagateLifted, account.Value, null, $"The rows are wrong, and what is lifted stays in force: {why}");
            var (_, after) = await status.StepAsync(
                account.Value,
                before => StatusChange.NotAmended(before ?? known, reasons, why, editedAt, time.GetUtcNow()),
                cancellation,
                new StatusRead(known));
            return new PropagationStep(outcome, after, null, MustCheck: false);
        }
    }
}
