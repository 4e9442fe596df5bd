using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Status;

/// <content>What was refused, and what may yet succeed.</content>
public static partial class StatusChange
{
    /// <summary>
    /// The row asks for something that cannot be: never tried again until it changes. The spoke keeps what it has, beside what is being lifted and what is
    /// asked of its models (<see cref="Amended"/>), of which the next try stays due.
    /// </summary>
    public static StatusRow Rejected(StatusRow? before, string key, ImmutableArray<string> reasons, DateTimeOffset? editedAt, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        var amends = row.State == AccountState.Rejected && (row.IsToBeLifted || row.AiNotCarried.Length > 0);
        return Written(row, row with
        {
            State = AccountState.Rejected,
            Reasons = Bounded(reasons),
            DesiredRevision = null,
            EditedAt = editedAt ?? row.EditedAt,
            Attempts = amends ? row.Attempts : 0,
            NextAttemptAt = amends ? row.NextAttemptAt : null,
        });
    }

    /// <summary>
    /// Rows are wrong, and the parameter holds nothing of what was being lifted any more, and what is asked of models; all else in it is as it was. Where
    /// something is being lifted a report is due, of which nothing but the restrictions counts: models need none, because Meter looks every five minutes.
    /// </summary>
    /// <param name="seen">The row by which it was decided what is being lifted and asked: what has come since is to be brought there next.</param>
    /// <param name="snoozedThrough">As the rows say.</param>
    /// <param name="revision">Of what the parameter holds now.</param>
    /// <param name="parameterVersion">Its version.</param>
    public static StatusRow Amended(
        StatusRow? before,
        StatusRow seen,
        ImmutableArray<string> reasons,
        DateOnly? snoozedThrough,
        string revision,
        long parameterVersion,
        DateTimeOffset? editedAt,
        DateTimeOffset now)
    {
        var row = Rejected(before ?? seen, seen.Key, reasons, editedAt, now);
        var attempts = row.IsToBeLifted ? Next(row.Attempts) : 0;
        var carried = Carried(seen, seen.AiTravelOf(snoozedThrough));
        var isOvertaken = BeingLifted(row).Except(BeingLifted(seen)).Any();
        return Written(before ?? seen, Asked(row, revision) with
        {
            AiCarried = carried,
            AiNotCarried = "",
            ItemVersion = (before ?? seen).ItemVersion,
            ParameterVersion = parameterVersion,
            PropagatedAt = row.ParameterVersion == parameterVersion ? row.PropagatedAt ?? now : now,
            Attempts = attempts,
            NextAttemptAt = !row.IsToBeLifted ? null
                : isOvertaken || carried != Carried(row, row.AiTravelOf(snoozedThrough)) ? now
                : now + RetryDelay.After(attempts),
        });
    }

    private static string? Carried(StatusRow row, AiTravel travel) => row.Meters ? ParameterDocument.Digest(travel) : null;

    /// <summary>
    /// Rows are wrong, and what is being lifted could not be taken out of the parameter, nor what is asked of models be brought into it: it stays as it is
    /// until the next try, and says why.
    /// </summary>
    /// <param name="why">A sentence without its full stop.</param>
    /// <param name="snoozedThrough">As the rows say.</param>
    public static StatusRow NotAmended(
        StatusRow row, ImmutableArray<string> reasons, string why, DateOnly? snoozedThrough, DateTimeOffset? editedAt, DateTimeOffset now)
    {
        var rejected = Rejected(row, row.Key, reasons, editedAt, now);
        var attempts = Next(rejected.Attempts);
        return Written(row, rejected with
        {
            ItemVersion = row.ItemVersion,
            AiNotCarried = row.Meters && row.AiCarried != Carried(row, row.AiTravelOf(snoozedThrough)) ? $"the rows of the account are wrong, and {why}" : "",
            Restrictions =
            [
                .. rejected.Restrictions.Select(one => StatusRow.IsBeingLifted(one)
                    ? one with { Remarks = [.. ReportLimits.Fit([$"the rows of the account are wrong, and {why}"], ReportLimits.RestrictionReasonBytes)] }
                    : one),
            ],
            Attempts = attempts,
            NextAttemptAt = now + RetryDelay.After(attempts),
        });
    }

    private static IEnumerable<string> BeingLifted(StatusRow row) => row.Restrictions.Where(StatusRow.IsBeingLifted).Select(one => one.Id);

    /// <summary>
    /// The spoke cannot be reached for lack of a role, a stack or a permission. Tried again ever more rarely, since it may be deployed without our being told.
    /// </summary>
    public static StatusRow Blocked(
        StatusRow? before,
        string key,
        string? desiredRevision,
        ImmutableArray<string> reasons,
        DateTimeOffset? editedAt,
        DateTimeOffset now) =>
        Tried(before, key, desiredRevision, reasons, editedAt, now, _ => AccountState.Blocked);

    /// <summary>
    /// A row is for an account that the organization does not have, or that is suspended: no try is due, because only an edit or the account's coming changes
    /// that.
    /// </summary>
    public static StatusRow Orphaned(StatusRow? before, string key, ImmutableArray<string> reasons, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        return Written(row, row with
        {
            State = AccountState.Orphan,
            Reasons = Bounded(reasons),
            DesiredRevision = null,
            Attempts = 0,
            NextAttemptAt = null,
        });
    }

    /// <summary>A call failed for reasons that may pass: Pending at first, Failed after <see cref="RetryDelay.TriesBeforeFailed"/> tries.</summary>
    public static StatusRow Retrying(
        StatusRow? before,
        string key,
        string? desiredRevision,
        ImmutableArray<string> reasons,
        DateTimeOffset? editedAt,
        DateTimeOffset now) =>
        Tried(
            before,
            key,
            desiredRevision,
            reasons,
            editedAt,
            now,
            attempts => attempts >= RetryDelay.TriesBeforeFailed ? AccountState.Failed : AccountState.Pending);

    private static StatusRow Tried(
        StatusRow? before,
        string key,
        string? desiredRevision,
        ImmutableArray<string> reasons,
        DateTimeOffset? editedAt,
        DateTimeOffset now,
        Func<int, AccountState> state)
    {
        var row = before ?? Fresh(key, now);
        var attempts = row.DesiredRevision == desiredRevision ? Next(row.Attempts) : 1;
        return Written(row, row with
        {
            State = state(attempts),
            Reasons = Bounded(reasons),
            DesiredRevision = desiredRevision,
            EditedAt = editedAt ?? row.EditedAt,
            Attempts = attempts,
            NextAttemptAt = now + RetryDelay.After(attempts),
        });
    }
}
