using System.Collections.Immutable;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Status;

/// <summary>What becomes of restrictions by what those who carry them out say of them.</summary>
internal static class RestrictionReports
{
    private const string RestrictsNoMore = "the account's spoke does not restrict any more: deploy its stack with respond=true";

    private const string Full = "its spoke's report has no room for more restrictions than it names, so it does not say that this one is given back";

    private const string StackDeleted = "the spoke's stack was deleted, and its restrictions with it";

    /// <summary>
    /// What the spoke's report says, which came as an event: nothing that would free the account follows from it, but that the spoke is to be asked.
    /// </summary>
    public static StatusRow Of(StatusRow row, Report report, DateTimeOffset now)
    {
        // Whoever meters no more gives back what models were denied for.
        if (row.Meters && (report.StackDeleted || !report.Meters)) row = Doubted(row);
        // What was refused before it came so far says nothing of restrictions.
        if (report is { Restrictions: null, StackDeleted: false, Outcome: not ReportOutcome.Applied }) return row;
        var restricts = report is { Restrictions: not null, StackDeleted: false };
        if (!restricts && row.Restricts) return Doubted(row);
        if (!restricts || row.Restrictions.IsEmpty) return row with { Restricts = restricts };
        var run = Run(report, now);
        // One that came late says what was done, and nothing of how it is.
        var isLate = run.At < row.RestrictionsAt;
        var taken = Taken(row, report.Restrictions ?? [], ofOrganization: false, now, isEvent: true, report.Unexplained, run, isLate);
        return isLate ? taken : taken with { Restricts = restricts, RestrictionsAt = run.At };
    }

    /// <summary>What the spoke answered when it was asked: a look. A spoke that does not restrict says nothing, and has nothing in force.</summary>
    public static StatusRow Answered(StatusRow row, Report answer, DateTimeOffset now)
    {
        // It restricts, and cannot tell what is in force.
        if (answer.Restrictions is null && !answer.Reasons.IsEmpty) return row;
        if (answer.Restrictions is not { } told) return Ended(row, RestrictsNoMore, now) with { Meters = answer.Meters };
        var run = Run(answer, now);
        var taken = Taken(row, Deeds(row, told, now), ofOrganization: false, now, unexplained: answer.Unexplained, run: run);
        return Recorded(taken, told, now) with
        {
            Restricts = true,
            IsToBeAsked = false,
            Meters = answer.Meters,
            RestrictionsAt = row.RestrictionsAt > run.At ? row.RestrictionsAt : run.At,
        };
    }

    /// <summary>
    /// By the spoke's clock, and no later than now: one that runs ahead must not outlive later reports. No run lasts longer than Lambda lets it.
    /// </summary>
    private static (DateTimeOffset BegunAt, DateTimeOffset At) Run(Report report, DateTimeOffset now)
    {
        var at = report.At < now ? report.At : now;
        var begun = report.RestrictsSince is { } since && since < at ? since : at;
        return (begun > at - StatusChange.LongestRun ? begun : at - StatusChange.LongestRun, at);
    }

    /// <summary>What it did with the look goes into the ledger with the event of the same look, where that is taken.</summary>
    private static EquatableArray<ReportedRestriction> Deeds(StatusRow row, EquatableArray<ReportedRestriction> told, DateTimeOffset now) =>
        ToldChanges.At(row.Told, now).IsFull ? told : [.. told.Select(one => one with { Did = [], Omitted = 0, OmittedGivenBack = 0 })];

    /// <summary>
    /// Where events told more than was taken, all that the spoke itself says is done; and where no report told what a restriction has changed, because the run
    /// that did it had no end, that. What it did with this very look goes into the ledger with its event.
    /// </summary>
    private static StatusRow Recorded(StatusRow row, EquatableArray<ReportedRestriction> told, DateTimeOffset now)
    {
        var isMissed = row.Told is { IsMissed: true };
        var entries = from restriction in row.Restrictions
                      let report = told.FirstOrDefault(one => one.Id == restriction.Id)
                      where !restriction.IsOfOrganization && report is { Holds.IsEmpty: false }
                      where isMissed || (restriction.RecordedAt is null && report.Holds.Except(report.Did).Any())
                      select Entry(LedgerEntry.Held, restriction, (report.Holds, report.HoldsOmitted), "held, by its spoke's own answer", now);
        var recorded = entries.ToList();
        if (!isMissed && recorded.Count == 0) return row;
        EquatableArray<Restriction> restrictions =
        [
            .. row.Restrictions.Select(one => recorded.Exists(entry => entry.Restriction == one.Id) ? one with { RecordedAt = now } : one),
        ];
        return StatusChange.Responded(row with { Told = row.Told is { } known ? known with { IsMissed = false } : null }, restrictions, [], recorded);
    }

    /// <summary>
    /// Its spoke cannot be asked, by what AWS says of its role or its function. Where there is no role, and the last report was that of a stack that is
    /// deleted, the stack is believed to be gone; else what is in force stays, and what was being given back already counts as given back, as an event said.
    /// </summary>
    public static StatusRow Gone(StatusRow row, SpokeAbsence absence, DateTimeOffset now) => !row.IsToBeAsked || absence == SpokeAbsence.None ? row
        : absence == SpokeAbsence.OfRole && row.LastReport is { StackDeleted: true } ? Ended(row, StackDeleted, now) with { Meters = false }
        : Taken(row, [], ofOrganization: false, now);

    private static StatusRow Ended(StatusRow row, string why, DateTimeOffset now)
    {
        EquatableArray<ReportedRestriction> failed =
        [
            .. row.Restrictions.Where(known => !known.IsOfOrganization && known.State.IsDesired)
                .Select(known => new ReportedRestriction(known.Id, RestrictionOutcome.Failed) { Reasons = [why] }),
        ];
        return Taken(row, failed, ofOrganization: false, now) with { Restricts = false, IsToBeAsked = false };
    }

    private static StatusRow Doubted(StatusRow row) => row.IsToBeAsked ? row : row with
    {
        IsToBeAsked = true,
        Untold =
        [
            .. row.Untold.Append(new SpendEvent(SpendEvent.ReportDoubted, CompactJson.Object(json => json.WriteString("accountId", row.Key))))
                .TakeLast(AccountSpend.MostUntold),
        ],
    };

    /// <summary>What is being lifted and is not spoken of any more is given back.</summary>
    /// <param name="ofOrganization">Whether it is the organization's restrictions that are spoken of, or the spoke's.</param>
    /// <param name="isEvent">Whether it came as an event: then nothing is given back by it, but the spoke is to be asked.</param>
    /// <param name="unexplained">What may be done yet of a restriction that is not spoken of.</param>
    /// <param name="run">Of the spoke, of which it is told.</param>
    /// <param name="isLate">A later report was taken before: what was done counts, and no state.</param>
    public static StatusRow Taken(
        StatusRow row,
        EquatableArray<ReportedRestriction> reported,
        bool ofOrganization,
        DateTimeOffset now,
        bool isEvent = false,
        EquatableArray<UnexplainedAttachments> unexplained = default,
        (DateTimeOffset BegunAt, DateTimeOffset At)? run = null,
        bool isLate = false)
    {
        var doubted = false;
        var recorded = row.Deeds.ToList();
        var said = reported.DistinctBy(one => one.Id, StringComparer.Ordinal).ToDictionary(one => one.Id, StringComparer.Ordinal);
        var after = ImmutableArray.CreateBuilder<Restriction>();
        var changes = new List<RestrictionChange>();
        var entries = new List<LedgerEntry>();
        foreach (var before in row.Restrictions)
        {
            var report = said.GetValueOrDefault(before.Id) ?? Withheld(before, ofOrganization ? 0 : reported.Length, unexplained);
            var counts = before.IsOfOrganization == ofOrganization && !isLate;
            var state = counts ? Next(before.State, report, now) : before.State;
            if (isEvent && state is RestrictionState.Lifted && state != before.State) (state, doubted) = (before.State, true);
            var confirmed = counts ? Confirmed(before, state, report, now) : before.ConfirmedAt;
            var restriction = before with { State = state, ConfirmedAt = confirmed };
            // One that has ended keeps what it ended with.
            if (counts && report is not null && !before.State.IsEnded)
                restriction = restriction with { Remarks = Remarks(state, report) };
            List<LedgerEntry> deeds = before.IsOfOrganization == ofOrganization && report is { Did.IsEmpty: false }
                ? [.. Deeds(before, report, now).Where(IsNew)]
                : [];
            if (deeds.Exists(deed => deed.What == LedgerEntry.Done)) restriction = restriction with { RecordedAt = now };
            after.Add(restriction);
            if (state != before.State)
            {
                changes.Add(new RestrictionChange(before.State.Name, restriction));
                entries.Add(changes[^1].Entry(now, ResponseText.Format(restriction.Rule)));
            }

            entries.AddRange(deeds);
        }

        EquatableArray<Restriction> restrictions = after.ToImmutable();
        if (doubted) row = Doubted(row);
        if (isEvent && entries.Count > 0)
        {
            var told = ToldChanges.At(row.Told, now);
            if (told.IsFull)
            {
                var missed = row with { Told = told with { Count = ToldChanges.Most + 1, IsMissed = true } };
                return told.Count > ToldChanges.Most ? missed : StatusChange.Responded(missed, row.Restrictions, [], [ToldChanges.Entry(now)]);
            }

            row = row with { Told = told with { Count = Math.Min(told.Count + entries.Count, ToldChanges.Most) } };
        }

        if (recorded.Count > row.Deeds.Length) row = row with { Deeds = [.. recorded.TakeLast(RecordedDeed.Most)] };
        return row.Restrictions == restrictions && entries.Count == 0 ? row : StatusChange.Responded(row, restrictions, changes, entries);

        bool IsNew(LedgerEntry entry)
        {
            if (run is not { } told) return true;
            var deed = RecordedDeed.Of(entry, told.BegunAt, told.At);
            if (recorded.Exists(deed.IsSame)) return false;
            recorded.Add(deed);
            return true;
        }
    }

    /// <summary>
    /// What the report says of one that is being given back and that it does not name: by what nothing explains, or by having no room for more, that it may not
    /// be. Null where it says nothing of it. What was found before it was in force is not its.
    /// </summary>
    private static ReportedRestriction? Withheld(Restriction restriction, int named, EquatableArray<UnexplainedAttachments> unexplained)
    {
        if (restriction.State is not RestrictionState.Revoked) return null;
        var begun = restriction.ConfirmedAt ?? restriction.RecordedAt ?? new DateTimeOffset(restriction.PeriodStart, TimeOnly.MinValue, TimeSpan.Zero);
        EquatableArray<string> reasons =
        [
            .. unexplained.Where(one => DenyPlan.IsBy(restriction.Rule, one.Policy) && one.Since >= begun).Select(one => one.Reason),
            .. named >= ReportedRestriction.Most ? [Full] : (string[])[],
        ];
        return reasons.IsEmpty ? null : new ReportedRestriction(restriction.Id, RestrictionOutcome.Failed) { Reasons = reasons };
    }

    /// <summary>What the report says beside the state; that of a Failed one says it itself, and what has ended before is as it was.</summary>
    private static EquatableArray<string> Remarks(RestrictionState state, ReportedRestriction report) =>
        state is RestrictionState.InForce or RestrictionState.Revoked or RestrictionState.Lifted
            ? ReportLimits.Fit(report.Reasons, ReportLimits.RestrictionReasonBytes + ReportLimits.LastLineBytes)
            : [];

    /// <summary>What is being given back is still done until that is said.</summary>
    private static DateTimeOffset? Confirmed(Restriction before, RestrictionState after, ReportedRestriction? report, DateTimeOffset now) => after switch
    {
        RestrictionState.InForce => report is { State: RestrictionOutcome.InForce } ? before.ConfirmedAt ?? now : before.ConfirmedAt,
        RestrictionState.Revoked => before.ConfirmedAt,
        _ => null,
    };

    private static RestrictionState Next(RestrictionState state, ReportedRestriction? report, DateTimeOffset now)
    {
        RestrictionEvent? @event = report switch
        {
            { State: RestrictionOutcome.InForce } => new RestrictionEvent.Done(),
            { State: RestrictionOutcome.Failed } => new RestrictionEvent.Refused(report.Reasons),
            { State: RestrictionOutcome.Lifted } => new RestrictionEvent.GivenBack(),
            // A report that does not know a restriction that is asked for is of an earlier document.
            _ => state is RestrictionState.Revoked ? new RestrictionEvent.GivenBack() : null,
        };
        return @event is null ? state : RestrictionTransition.Next(state, @event, now)!; // Not null: it has a state.
    }

    /// <summary>What it has changed, and what it has given back, which may be in one report: some of it cannot be given back, or another resource is.</summary>
    private static IEnumerable<LedgerEntry> Deeds(Restriction restriction, ReportedRestriction report, DateTimeOffset now)
    {
        // A spoke of before that member said it of all by the state alone.
        var isOver = report.State == RestrictionOutcome.Lifted;
        var sides = report.Did.ToLookup(one => isOver || one.IsGivenBack);
        var omitted = isOver ? report.Omitted : report.OmittedGivenBack;
        if (sides[false].Any() || report.Omitted > omitted)
            yield return Entry(LedgerEntry.Done, restriction, ([.. sides[false]], report.Omitted - omitted), "changed", now);
        if (sides[true].Any() || omitted > 0) yield return Entry(LedgerEntry.Undone, restriction, ([.. sides[true]], omitted), "given back", now);
    }

    private static LedgerEntry Entry(
        string what, Restriction restriction, (EquatableArray<RestrictedResource> Listed, int More) resources, string word, DateTimeOffset now) =>
        new(now, restriction.Id, what, $"{restriction.Rule}: {resources.Listed.Length + resources.More} {word}")
        {
            Facts =
            [
                .. resources.Listed.Select(one => $"{one.Resource} was {one.Before}"),
                .. resources.More > 0 ? [$"and {resources.More} more"] : (string[])[],
            ],
        };
}
