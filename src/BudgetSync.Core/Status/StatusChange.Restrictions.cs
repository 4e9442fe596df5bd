using System.Collections.Immutable;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Status;

/// <content>What is decided of restrictions, what people say of them, and what those who carry them out report.</content>
public static partial class StatusChange
{
    /// <summary>
    /// More than all restrictions of an account can leave in one go; should the ledger be away for days, the last ones stay, and those without which a
    /// restriction would be in force that the ledger does not know of.
    /// </summary>
    private const int MostUnrecorded = 100;

    /// <summary>Responses were decided. Written with what is to be told and recorded of it, in one step.</summary>
    /// <param name="leftOut">Ids of those that have no place; null: as it was.</param>
    /// <param name="armed">What the kill switch said then, which travels to spokes that meter models; null: it was not read.</param>
    public static StatusRow Responded(
        StatusRow row,
        EquatableArray<Restriction> restrictions,
        IReadOnlyCollection<RestrictionChange> changes,
        IReadOnlyCollection<LedgerEntry> entries,
        bool? armed = null,
        EquatableSet<string>? leftOut = null) => Written(row, row with
        {
            Restrictions = restrictions,
            // What was tried of others says nothing of one that is to be lifted from now on.
            NextAttemptAt = row.State is AccountState.Rejected
                && (changes.Any(change => StatusRow.IsBeingLifted(change.After)) || (armed is { } turns && row.AiStopped != (row.Meters && !turns)))
                    ? null
                    : row.NextAttemptAt,
            LeftOut = leftOut ?? row.LeftOut,
            AiStopped = armed is { } begins ? row.Meters && !begins : row.AiStopped,
            Unrecorded = Kept([.. row.Unrecorded, .. entries]),
            Untold = [.. row.Untold.Concat(changes.Select(change => RestrictionChangeJson.Event(row, change))).TakeLast(AccountSpend.MostUntold)],
        });

    /// <summary>The ledger holds these entries. Others that came meanwhile stay.</summary>
    public static StatusRow Recorded(StatusRow row, IReadOnlyCollection<LedgerEntry> entries) =>
        Written(row, row with { Unrecorded = [.. row.Unrecorded.Where(entry => !entries.Contains(entry))] });

    /// <summary>A person approves a restriction that waits for it; the row as it is where none of that id does.</summary>
    /// <param name="by">The caller's ARN.</param>
    public static StatusRow Approved(StatusRow row, string id, string by, DateTimeOffset now) => OfPerson(
        row,
        id,
        restriction => restriction is { State: RestrictionState.AwaitingApproval { Until: var until }, ApprovedBy: null } && until > now
            ? restriction with { ApprovedBy = by }
            : restriction,
        restriction => new LedgerEntry(now, id, LedgerEntry.Approved, $"{restriction.Rule} was approved") { By = by, Facts = [restriction.Fact] });

    /// <summary>A person lets a restriction begin although the mass brake holds it back.</summary>
    /// <inheritdoc cref="Approved"/>
    public static StatusRow Released(StatusRow row, string id, string by, DateTimeOffset now) => OfPerson(
        row,
        id,
        restriction => restriction.State is RestrictionState.Planned && restriction.ReleasedBy is null ? restriction with { ReleasedBy = by } : restriction,
        restriction => new LedgerEntry(now, id, LedgerEntry.Released, $"{restriction.Rule} may begin with its batch") { By = by, Facts = [restriction.Fact] });

    /// <summary>A person takes a restriction back, for the rest of the period.</summary>
    /// <inheritdoc cref="Approved"/>
    public static StatusRow LiftAsked(StatusRow row, string id, string by, string why, DateTimeOffset now) => OfPerson(
        row,
        id,
        restriction => RestrictionTransition.Next(restriction.State, new RestrictionEvent.LiftAsked(by, why), now) is { } next && next != restriction.State
            ? (restriction with { State = next, IsFinal = true, HeldBack = "" }).WithoutRemarks
            : restriction,
        restriction => new LedgerEntry(now, id, LedgerEntry.LiftAsked, $"{restriction.Rule} was taken back: {why}") { By = by, Facts = [restriction.Fact] });

    /// <summary>Whoever carries out restrictions of the organization says where they stand.</summary>
    public static StatusRow Enforced(StatusRow row, EquatableArray<ReportedRestriction> reported, DateTimeOffset now) =>
        Written(row, RestrictionReports.Taken(row, reported, ofOrganization: true, now));

    /// <summary>The account's spoke was asked itself, and answered with a look.</summary>
    public static StatusRow SpokeAnswered(StatusRow row, Report answer, DateTimeOffset now) =>
        Written(row, RestrictionReports.Answered(row, answer, now) with { AskedAt = now });

    /// <summary>The account's spoke was to be asked, and AWS says that this is not there.</summary>
    public static StatusRow SpokeGone(StatusRow row, SpokeAbsence absence, DateTimeOffset now) =>
        Written(row, RestrictionReports.Gone(row, absence, now) with { AskedAt = now });

    private static EquatableArray<LedgerEntry> Kept(ImmutableArray<LedgerEntry> entries)
    {
        if (entries.Length <= MostUnrecorded) return entries;
        var beginnings = entries.Where(entry => entry.What == nameof(RestrictionState.InForce)).ToHashSet();
        var others = entries.Where(entry => !beginnings.Contains(entry)).TakeLast(Math.Max(0, MostUnrecorded - beginnings.Count)).ToHashSet();
        return [.. entries.Where(entry => beginnings.Contains(entry) || others.Contains(entry))];
    }

    private static StatusRow OfPerson(StatusRow row, string id, Func<Restriction, Restriction> change, Func<Restriction, LedgerEntry> entry)
    {
        if (row.Restrictions.FirstOrDefault(restriction => restriction.Id == id) is not { } before) return row;
        var after = change(before);
        if (after == before) return row;
        ImmutableArray<RestrictionChange> changes = after.State == before.State ? [] : [new RestrictionChange(before.State.Name, after)];
        var said = entry(before);
        var entries = changes.Select(made => made.Entry(said.At, ResponseText.Format(after.Rule))).Prepend(said).ToList();
        return Responded(row, [.. row.Restrictions.Select(restriction => restriction.Id == id ? after : restriction)], changes, entries);
    }
}
