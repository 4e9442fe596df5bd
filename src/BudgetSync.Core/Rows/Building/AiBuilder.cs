using System.Collections.Immutable;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Makes the policy of models of what rows say, laid over one another.</summary>
internal static class AiBuilder
{
    /// <summary>Null where no row says anything about models, or not in a way that can be read, which is told already.</summary>
    public static AiPolicy? Build(IEnumerable<RowDraft> nearestFirst, StackDefaults defaults, ProblemList problems)
    {
        var rows = nearestFirst.ToList();
        if (rows.Select(row => row.Ai).OfType<AiDraft>().ToList() is not { Count: > 0 } drafts) return null;
        var draft = drafts.Aggregate((near, far) => near.Over(far));
        var byDefault = draft.Default?.On(AiBudget.Default) ?? AiBudget.Default;
        // What binds many is never in earnest because something else is.
        var ofMany = byDefault with { Mode = ResponseMode.WATCH, Rate = null, Shared = false };
        CheckUnit(draft, defaults, problems);
        if (draft.Default is { } said) CheckOrder(said, byDefault, problems);
        var policy = new AiPolicy
        {
            Default = byDefault,
            Principals = Budgets(draft.Principals, byDefault, limited: false, problems),
            Pools = Pools(draft.Pools, ofMany, problems),
            Models = Budgets(draft.Models, ofMany with { Grace = AiBudget.Default.Grace }, limited: true, problems),
            AccountCap = draft.AccountCap?.Value is { } cap ? Budget(cap, ofMany, limited: true, problems) : null,
            DiscountPercent = draft.DiscountPercent ?? 0,
            SnoozedThrough = rows.Select(row => row.Snooze).FirstOrDefault(snooze => snooze is not null)?.Value.Until,
        };
        return rows.Exists(row => row.AiIsBroken) ? null : policy;
    }

    private static EquatableDictionary<string, AiBudget> Budgets(
        ImmutableSortedDictionary<string, AiBudgetDraft?> drafts, AiBudget otherwise, bool limited, ProblemList problems) =>
        drafts.Where(entry => entry.Value is not null)
            .ToImmutableSortedDictionary(entry => entry.Key, entry => Budget(entry.Value!, otherwise, limited, problems), StringComparer.Ordinal);

    private static EquatableDictionary<string, AiPool> Pools(
        ImmutableSortedDictionary<string, AiBudgetDraft?> drafts, AiBudget otherwise, ProblemList problems)
    {
        var pools = ImmutableSortedDictionary.CreateBuilder<string, AiPool>(StringComparer.Ordinal);
        foreach (var (name, draft) in drafts)
        {
            if (draft is null) continue;
            if (draft.Members is null && !problems.IsAt($"{draft.Path}.{nameof(draft.Members)}"))
                problems.Add(RowRules.Required, draft.Path, "Members is missing; add it");
            pools.Add(name, new AiPool(draft.Members ?? [], Budget(draft, otherwise, limited: true, problems)));
        }

        return pools.ToImmutable();
    }

    private static AiBudget Budget(AiBudgetDraft draft, AiBudget otherwise, bool limited, ProblemList problems)
    {
        if (limited && draft.Limit is null && !problems.IsAt($"{draft.Path}.{nameof(draft.Limit)}"))
            problems.Add(RowRules.Required, draft.Path, "Limit is missing; add it");
        var budget = draft.On(otherwise);
        CheckOrder(draft, budget, problems);
        return budget;
    }

    /// <summary>What an entry inherits whole is told where it is said.</summary>
    private static void CheckOrder(AiBudgetDraft draft, AiBudget budget, ProblemList problems)
    {
        if (draft is { Warn: null, Critical: null } || budget.Warn <= budget.Critical) return;
        // What cannot be read is told already, and what stands in its place was not said.
        if (problems.IsAt($"{draft.Path}.{nameof(draft.Warn)}") || problems.IsAt($"{draft.Path}.{nameof(draft.Critical)}")) return;
        problems.Add(RowRules.AiOrder, draft.Path, AiShapes.OrderProblem(budget.Warn, budget.Critical));
    }

    /// <summary>Where amounts of rows are in another currency, a limit of models without one may be a slip that is a hundred times too low.</summary>
    private static void CheckUnit(AiDraft draft, StackDefaults defaults, ProblemList problems)
    {
        if (draft.Unit is not null || problems.IsAt($"{draft.Path}.{nameof(draft.Unit)}")) return;
        if (defaults.Currencies.Items is [var currency, ..] && currency != StackDefaults.Currency && HasLimit(draft))
            problems.Add(
                RowRules.AiUnit,
                draft.Path,
                $"limits are in {StackDefaults.Currency}, in which AWS prices models, and a row's other amounts are in {currency}; write \"Unit\": "
                    + $"\"{StackDefaults.Currency}\" to say that it is meant");
    }

    private static bool HasLimit(AiDraft draft) =>
        draft.Default?.Limit is not null
        || draft.AccountCap?.Value?.Limit is not null
        || draft.Principals.Values.Concat(draft.Pools.Values).Concat(draft.Models.Values).Any(entry => entry?.Limit is not null);
}
