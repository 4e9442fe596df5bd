using System.Collections.Immutable;
using System.Text;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>What BudgetSync means to do with one account, now that its rows and its past are known. The same for Propagate and Reconcile.</summary>
public abstract record Intent
{
    private Intent()
    {
    }

    /// <summary>Its parameter shall hold this document.</summary>
    public sealed record Keep(DesiredParameter Parameter) : Intent
    {
        /// <summary>
        /// True where the status does not say yet what would have to be known if the rows went right after the parameter was written: it must be told before.
        /// Otherwise a function that dies between the two leaves budgets behind that have no owner and are not known.
        /// </summary>
        public bool MustBegin(StatusRow? status) =>
            !Parameter.From.IsEmpty && (status is null || status.ReleasedAt is not null || !status.HasSourcesOf(Parameter));
    }

    /// <summary>Its rows are wrong: record that, and leave the spoke as it is until they change.</summary>
    public sealed record Refuse(EquatableArray<string> Reasons) : Intent
    {
        /// <summary>The last day of the rows' Snooze, which holds also where they are wrong in something else; null: none.</summary>
        public DateOnly? SnoozedThrough { get; init; }
    }

    /// <summary>
    /// Its parameter shall stop asking for anything (<see cref="ParameterDocument.Released"/>), because its row is disabled or went with RETAIN: as long as it
    /// held the last desired budgets, the spoke would go on keeping them. Once that is done the intent is <see cref="LeaveAlone"/>.
    /// </summary>
    public sealed record Release(EquatableArray<string> Reasons, RowDeletion? DeletedRow) : Intent
    {
        /// <summary>What the status calls it while it is not done.</summary>
        public static string Revision => ParameterDocument.ReleasedRevision;
    }

    /// <summary>Not to be touched: no row applies, or its row is disabled or went with RETAIN and the parameter holds nothing of ours.</summary>
    public sealed record LeaveAlone(EquatableArray<string> Reasons, RowDeletion? DeletedRow) : Intent;

    /// <summary>
    /// Decides. Nothing here depends on an event's old image: what a row that went had asked for was written to the status row before its parameter was.
    /// </summary>
    /// <param name="resolution">Of the rows in <paramref name="present"/>.</param>
    /// <param name="path">The scopes that bear on the account, nearest first (<see cref="OrganizationTree.PathOf"/>).</param>
    /// <param name="present">The rows of those scopes that exist.</param>
    public static Intent Of(Resolution resolution, ImmutableArray<Scope> path, ImmutableArray<RowImage> present, StatusRow? status)
    {
        if (status is not null && DeletionOf(path, present, status) is { } deleted)
            return deleted.Kind == OnDelete.RETAIN ? LetGo([RetainedReason(deleted)], deleted, status) : Clear(deleted);
        return resolution switch
        {
            Resolution.Desired desired => Asked(desired, status),
            Resolution.Rejected(var reasons) => new Refuse(reasons) { SnoozedThrough = RowResponses.Of(present).Snooze?.Until },
            Resolution.Disabled => LetGo([StatusReasons.Disabled], null, status),
            // Nothing is left to revert to, so what we manage there is deleted; an account that never had anything of ours is not touched.
            Resolution.Uncovered when status is not null && HoldsOurs(status) => Clear(null),
            // An earlier write of ours reached the parameter after it was cleared, and was overtaken before it was recorded: the clearing stands.
            Resolution.Uncovered when status is not null && HoldsForgotten(status) && WasCleared(status) => Clear(null),
            // What we made and have forgotten (the status row was lost) is let go and not deleted: what its row had meant for it cannot be known any more.
            Resolution.Uncovered when status is not null && HoldsForgotten(status) => new Release([StatusReasons.Forgotten], null),
            // What was retained stays so where the account moves to a place that no row covers.
            Resolution.Uncovered when status is { DeletedRow: { Kind: OnDelete.RETAIN } retained } => LetGo([StatusReasons.Uncovered], retained, status),
            Resolution.Uncovered => new LeaveAlone([StatusReasons.Uncovered], null),
            _ => throw new InvalidOperationException($"{resolution.GetType()} is no case of Resolution."),
        };
    }

    /// <summary>The budgets that the rows ask for, of models too where the spoke meters them, and the restrictions that follow from what was spent.</summary>
    private static Intent Asked(Resolution.Desired desired, StatusRow? status)
    {
        var (restrictions, ai) = (status?.Travelling ?? [], status?.TravellingAi(desired.Ai));
        if (restrictions.IsEmpty && ai is null) return new Keep(desired.Parameter);
        var document = ParameterDocument.Format(desired.Budgets, restrictions, ai);
        var bytes = Encoding.UTF8.GetByteCount(document);
        if (bytes <= AwsLimits.ParameterBytes)
        {
            return new Keep(desired.Parameter with
            {
                Document = document,
                Revision = ParameterDocument.Revision(document),
                AiTravel = ai is null ? null : status?.AiTravelOf(ai.SnoozedThrough),
            });
        }

        // What is there stays: to leave a restriction out would lift it, by an edit of a budget.
        return new Refuse(
        [
            $"parameter document: {bytes} bytes with {restrictions.Length} restrictions in force{(ai is null ? "" : " and what its rows say of models")}; a "
                + $"parameter holds {AwsLimits.ParameterBytes}, so use fewer budgets, thresholds, recipients or filter values, or lift one (budgetsync "
                + "restrictions)",
        ])
        {
            SnoozedThrough = desired.Ai?.SnoozedThrough,
        };
    }

    /// <summary>
    /// The deletion that governs the account: one that stands already, or that of the row that made the last desired budgets and is gone now. One ends when a
    /// row as near
    /// or nearer exists again, and when the account has moved away from where the row stood: a move is no deletion, and the new place's rows apply.
    /// </summary>
    private static RowDeletion? DeletionOf(ImmutableArray<Scope> path, ImmutableArray<RowImage> present, StatusRow status)
    {
        if (status.DeletedRow is { } standing && IsGone(standing.Scope))
            return standing;
        return !status.From.IsEmpty && status.OnDelete != OnDelete.REVERT && IsGone(status.From[0]) ? new RowDeletion(status.From[0], status.OnDelete) : null;

        bool IsGone(string scope)
        {
            var place = path.Select(item => item.Key).ToList().IndexOf(scope);
            return place >= 0 && !path.Take(place + 1).Any(item => present.Any(row => row.Key == item.Key));
        }
    }

    private static Intent LetGo(ImmutableArray<string> reasons, RowDeletion? deleted, StatusRow? status) =>
        status is not null && MayAsk(status) ? new Release(reasons, deleted) : new LeaveAlone(reasons, deleted);

    /// <summary>
    /// True when the spoke's parameter may hold a document that we wrote and that still asks for something: it was written, or a write had begun
    /// (<see cref="Keep.MustBegin"/>). An account that was never written to is not touched, whatever was typed into its parameter.
    /// </summary>
    private static bool MayAsk(StatusRow status) =>
        (status.ReleasedAt is null && (status.PropagatedAt is not null || !status.From.IsEmpty)) || HoldsForgotten(status);

    /// <summary>
    /// True when the spoke reported a document in our own handwriting of a later version than we know of: our status row was deleted or restored.
    /// </summary>
    private static bool HoldsForgotten(StatusRow status) =>
        status.LastReport is { IsCanonical: true, Outcome: not ReportOutcome.Released } last
        && last.ParameterVersion > status.ParameterVersion
        && last.Revision != ParameterDocument.NothingRevision;

    /// <summary>True when the last thing asked of the account was to have nothing: its row went with DELETE or REVERT, and that is still known.</summary>
    private static bool WasCleared(StatusRow status) =>
        status is { ReleasedAt: null, DeletedRow: not { Kind: OnDelete.RETAIN } }
        && status.RecentRevisions.Items.FirstOrDefault() == ParameterDocument.NothingRevision;

    /// <summary>
    /// True when the spoke's parameter may still hold budgets of ours that are to go with their row, or its clearing has not been confirmed by a report.
    /// </summary>
    private static bool HoldsOurs(StatusRow status) =>
        status.DeletedRow is not { Kind: OnDelete.RETAIN }
        && (!status.From.IsEmpty || (status.DesiredRevision == ParameterDocument.NothingRevision && status.State != AccountState.Applied));

    private static Keep Clear(RowDeletion? deleted) =>
        new(new DesiredParameter(ParameterDocument.Nothing, ParameterDocument.NothingRevision, [], OnDelete.REVERT) { DeletedRow = deleted });

    private static string RetainedReason(RowDeletion deleted) =>
        $"the row of {deleted.Scope} was deleted with OnDelete RETAIN: the budgets are left as they are; give the account a row of its own to take them up "
            + "again";
}
