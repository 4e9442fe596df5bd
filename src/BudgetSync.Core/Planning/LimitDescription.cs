using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>Why limits are what they are, a line for each budget whose limit moves by itself: <c>"SpokeAccountBudget": 1500 USD = …</c>.</summary>
public static class LimitDescription
{
    /// <summary>Of every budget with grants or amounts that take over.</summary>
    public static ImmutableArray<string> Of(DesiredBudgets budgets, DateTimeOffset now) =>
        [.. budgets.Budgets.Where(budget => !(budget.Grants.IsEmpty && budget.Changes.IsEmpty)).Select(budget => Line(budget, now)).OfType<string>()];

    /// <summary>Of those that had other ones before, or lose them now.</summary>
    public static ImmutableArray<string> Between(DesiredBudgets before, DesiredBudgets after, DateTimeOffset now)
    {
        var was = before.Budgets.ToDictionary(budget => budget.Settings.Name, StringComparer.Ordinal);
        return
        [
            .. after.Budgets.Where(budget => Moves(budget) != (was.TryGetValue(budget.Settings.Name, out var old) ? Moves(old) : ([], [])))
                .Select(budget => Line(budget, now))
                .OfType<string>(),
        ];
    }

    private static (EquatableArray<Grant> Grants, EquatableArray<EffectiveAmount> Changes) Moves(DesiredBudget budget) => (budget.Grants, budget.Changes);

    private static string? Line(DesiredBudget budget, DateTimeOffset now) =>
        LimitInForce.Of(budget, DateOnly.FromDateTime(now.UtcDateTime)) is { } limit ? $"\"{budget.Settings.Name}\": limit in force {limit.Description}" : null;
}
