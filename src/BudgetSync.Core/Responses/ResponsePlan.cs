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
        var forgotten = Forgotten(facts, context);
        var leftOut = new List<(string Id, LedgerEntry Entry)>();
        foreach (var restriction in facts.Row.Restrictions)
        {
            if (forgotten.Contains(restriction.Id)) continue; // The ledger knows of it.
            var next = RestrictionStep.Of(restriction, findings.FirstOrDefault(finding => finding.IsOf(restriction)), Known(), context);
            next = MassBrake.Weighed(context.Brake, restriction, next, context.Now);
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
            if (after.ContainsKey(id)) continue;
            if (alike >= RestrictionLimits.Restrictions)
            {
                const string why = "restrictions already; it is when one of them has ended";
                var text = $"{finding.Rule} is not planned: the account has {RestrictionLimits.Restrictions} {why}";
                leftOut.Add((id, new LedgerEntry(context.Now, id, LedgerEntry.HeldBack, text) { Facts = [finding.Fact] }));
                continue;
            }

            var begun = finding.Begun(id, context.Now);
            after[id] = RestrictionStep.IsProtected(begun, facts)
                ? begun with { State = new RestrictionState.Cancelled(context.Now, AccountProtection.Tagged.Why) }
                : RestrictionStep.Of(begun, finding, Known(), context);
        }

        var told = leftOut.OrderBy(one => one.Id, StringComparer.Ordinal).Take(RestrictionLimits.LeftOut).ToList();
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
                // Once, and not with each round.
                .. told.Where(one => !facts.Row.LeftOut.Contains(one.Id)).Select(one => one.Entry),
            ])
        {
            Weighed =
            [
                .. after.Values.Where(one => one.IsWeighed && before.GetValueOrDefault(one.Id) is { IsWeighed: false })
                    .Select(one => new RestrictionChange(one.State.Name, one)),
            ],
            LeftOut = [.. told.Select(one => one.Id)],
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

    /// <summary>
    /// Ids of those that have ended with their period, or before so many others. Not of what a person has decided about a rule that stands: that would begin
    /// anew.
    /// </summary>
    private static HashSet<string> Forgotten(AccountFacts facts, ResponseContext context)
    {
        var ended = facts.Row.Restrictions.Where(restriction => restriction.State.IsEnded).ToLookup(restriction => restriction.PeriodEnd <= Day(context));
        var kept = ended[false].Where(one => !one.IsFinal || (facts.Rules is { } rules && RuleIdentity.Of(rules, one) is null))
            .OrderByDescending(one => one.State.Time).ThenBy(one => one.Id, StringComparer.Ordinal).ToList();
        var newest = kept.GroupBy(one => one.Budget, StringComparer.Ordinal).SelectMany(budget => budget.Take(RestrictionLimits.EndedOfBudget)).ToHashSet();
        return
        [
            .. ended[true].Select(one => one.Id),
            .. kept.Except(kept.Where(newest.Contains).Take(RestrictionLimits.Ended)).Select(one => one.Id),
        ];
    }

    private static DateOnly Day(ResponseContext context) => DateOnly.FromDateTime(context.Now.UtcDateTime);

    private static bool Same(Restriction? before, Restriction after) => before is not null && before.State == after.State;
}
