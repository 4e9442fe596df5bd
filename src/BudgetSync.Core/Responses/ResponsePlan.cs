using System.Collections.Immutable;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Building;

namespace BudgetSync.Core.Responses;

/// <summary>
/// Decides what is restricted in an account: from its rows, its spending, its restrictions so far, what people said, and the time. Pure, and the same however
/// often it is asked: what has been decided is not decided again. Every restriction that changes leaves an entry for the ledger.
/// </summary>
public static class ResponsePlan
{
    public static ResponseDecision Decide(AccountFacts facts, ResponseContext context)
    {
        var before = facts.Row.Restrictions.ToDictionary(restriction => restriction.Id, StringComparer.Ordinal);
        var findings = AnsweredFindings.Of(facts, TriggerResult.Of(facts, context.Now), context.Bounds, context.Now);
        var after = new Dictionary<string, Restriction>(StringComparer.Ordinal);
        foreach (var restriction in facts.Row.Restrictions)
        {
            if (restriction.State.IsEnded && restriction.PeriodEnd <= Day(context)) continue; // The ledger knows of it.
            var next = RestrictionStep.Of(restriction, findings.FirstOrDefault(finding => finding.IsOf(restriction)), Known(), context);
            after[restriction.Id] = next.State.Name == restriction.State.Name ? next : next.WithoutRemarks;
        }

        foreach (var finding in findings.Where(finding => finding.Doubt is null && finding.Holds && facts.OutOfReach is null && !IsSnoozed(facts, context)))
        {
            // Of an earlier period and still in force (MANUAL, or until a day), or lifted by a person in this one.
            if (after.Values.Any(known => finding.IsOf(known) && (!known.State.IsEnded || known.IsFinal))) continue;
            var id = Restriction.IdOf(facts.Account, finding.Budget, finding.Rule, finding.Period.Start);
            // What only watches takes no place of what acts, and what is still being given back takes none of either: no account could be kept from both.
            var alike = after.Values.Count(
                known => !known.State.IsEnded && known.State is not RestrictionState.Revoked && known.Rule.IsOnlyWatched == finding.Rule.IsOnlyWatched);
            if (after.ContainsKey(id) || alike >= RestrictionLimits.Restrictions) continue;
            after[id] = RestrictionStep.Of(finding.Begun(id, context.Now), finding, Known(), context);
        }

        var changes = after.Values.Where(restriction => !Same(before.GetValueOrDefault(restriction.Id), restriction))
            .Select(restriction => new RestrictionChange(before.GetValueOrDefault(restriction.Id)?.State.Name ?? "", restriction))
            .OrderBy(change => change.After.Id, StringComparer.Ordinal)
            .ToImmutableArray();
        return new ResponseDecision(
            [.. after.Values.OrderBy(restriction => restriction.Id, StringComparer.Ordinal)],
            changes,
            [
                .. changes.Select(change => change.Entry(context.Now, ResponseText.Format(change.After.Rule))),
                .. after.Values.Where(
                    restriction => restriction.HeldBack.Length > 0 && before.GetValueOrDefault(restriction.Id) is not { HeldBack.Length: > 0 })
                    .Select(restriction => new LedgerEntry(context.Now, restriction.Id, LedgerEntry.HeldBack, restriction.HeldBack)),
            ])
        {
            AsksSpoke = after.Values.Any(
                restriction => RestrictionStep.IsUnasked(restriction, findings.FirstOrDefault(finding => finding.IsOf(restriction)), facts, context)),
        };

        // With what has been decided so far: what begins first takes the room of what would begin next.
        AccountFacts Known() => facts with
        {
            Row = facts.Row with { Restrictions = [.. before.Values.Where(known => !after.ContainsKey(known.Id)), .. after.Values] },
        };
    }

    internal static bool IsSnoozed(AccountFacts facts, ResponseContext context) => facts.Snooze?.HoldsAt(context.Now) is true;

    private static DateOnly Day(ResponseContext context) => DateOnly.FromDateTime(context.Now.UtcDateTime);

    private static bool Same(Restriction? before, Restriction after) => before is not null && before.State == after.State;
}
