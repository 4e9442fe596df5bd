using System.Collections.Immutable;

namespace BudgetSync.Core.Ai;

/// <summary>The budgets that there is something to decide of.</summary>
internal static class AiBudgets
{
    public static ImmutableArray<AiBudgetFacts> Of(AiFacts facts)
    {
        var records = facts.Records.ToDictionary(record => record.Subject.Key, StringComparer.Ordinal);
        var subjects = facts.Totals.Select(total => total.Subject)
            .Concat(facts.Records.Select(record => record.Subject))
            .Concat(facts.Access.Keys.Select(AiSubject.Parse).OfType<AiSubject>())
            .DistinctBy(subject => subject.Key)
            .OrderBy(subject => subject.Key, StringComparer.Ordinal);
        return [.. subjects.Select(subject => Of(subject, records.GetValueOrDefault(subject.Key), facts))];
    }

    private static AiBudgetFacts Of(AiSubject subject, AiRecord? before, AiFacts facts)
    {
        var budget = facts.Policy.BudgetOf(subject);
        var window = (budget?.Window ?? AiBudget.Default.Window).Of(facts.Now);
        // What was spent in another window, or before the row named another one, is not in this one.
        var total = facts.Totals.FirstOrDefault(total => total.Subject.Key == subject.Key && total.Period == window) ?? new AiTotal(subject, window, 0);
        var after = before ?? new AiRecord(subject, window, new AiState.Active()) { Since = facts.Now };
        return new AiBudgetFacts(subject, budget, total, before, after, subject is AiSubject.Principal ? facts.Access.GetValueOrDefault(subject.Key) : null);
    }
}
