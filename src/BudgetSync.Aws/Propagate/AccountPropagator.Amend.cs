using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Logging;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Reconcile;
using BudgetSync.Core.Status;

namespace BudgetSync.Aws.Propagate;

/// <content>
/// What is lifted while rows are wrong, and what is asked of models: the document that they ask for cannot be made, so the one that is there is amended.
/// </content>
public sealed partial class AccountPropagator
{
    private const string NothingOfOurs =
        "none of the versions of its parameter that AWS keeps is BudgetSync's and can be read, so it cannot be amended: correct the rows";

    /// <param name="wrong">Why the rows are refused.</param>
    /// <param name="known">The account's status, which says what is being lifted, and asked of models.</param>
    private async Task<PropagationStep> AmendAsync(
        AccountId account,
        Intent.Refuse wrong,
        StatusRow known,
        DateTimeOffset? editedAt,
        bool renew,
        CancellationToken cancellation)
    {
        ImmutableArray<string> kept = [.. known.Restrictions.Where(one => one.State.IsDesired).Select(one => one.Id)];
        var models = known.Meters ? known.AiTravelOf(wrong.SnoozedThrough) : null;
        try
        {
            if (await parameter.AmendAsync(account, kept, models, role, defaults, renew, cancellation) is not { } amended)
                return await NotAmendedAsync(PropagationOutcome.Rejected, NothingOfOurs);
            var (_, after) = await status.StepAsync(
                account.Value,
                before => StatusChange.Amended(
                    before, known, wrong.Reasons, wrong.SnoozedThrough, amended.Revision, amended.Version, editedAt, time.GetUtcNow()),
                cancellation,
                new StatusRead(known));
            log.Warn(
                LogEvent.PropagateLifted,
                account.Value,
                amended.Revision,
                amended.Written
                    ? $"The rows are wrong; what is lifted, and asked of models, was written into the parameter with version {amended.Version}."
                    : "The rows are wrong; the parameter says what is lifted, and asked of models, already.");
            // Who writes rows meanwhile, and is overtaken by this, goes round again; where they stay wrong nothing more is due.
            return new PropagationStep(PropagationOutcome.Rejected, after, amended.Revision, MustCheck: amended.Written);
        }
        catch (AwsFaultException refused)
        {
            var outcome = refused.Fault.Kind is FaultKind.Retry ? PropagationOutcome.Retry : PropagationOutcome.Rejected;
            return await NotAmendedAsync(outcome, $"its parameter cannot be amended: {refused.Fault.Reason}");
        }

        async Task<PropagationStep> NotAmendedAsync(PropagationOutcome outcome, string why)
        {
            log.Warn(
                LogEvent.PropagateLifted, account.Value, null, $"The rows are wrong, and what is lifted, or asked of models, does not reach the spoke: {why}");
            var (_, after) = await status.StepAsync(
                account.Value,
                before => StatusChange.NotAmended(before ?? known, wrong.Reasons, why, wrong.SnoozedThrough, editedAt, time.GetUtcNow()),
                cancellation,
                new StatusRead(known));
            return new PropagationStep(outcome, after, null, MustCheck: false);
        }
    }
}
