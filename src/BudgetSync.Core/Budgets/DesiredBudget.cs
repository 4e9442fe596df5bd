
namespace BudgetSync.Core.Budgets;

/// <summary>One budget a spoke should have: validated, resolved, complete.</summary>
/// <param name="Notifications">Sorted by <see cref="NotificationKey"/>, each key once.</param>
/// <param name="Actions">In the order of the row; each once.</param>
public sealed record DesiredBudget(BudgetSettings Settings, EquatableArray<Notification> Notifications, EquatableArray<BudgetAction> Actions)
{
    /// <summary>True: an existing budget of this name that we did not create is taken over instead of being a clash.</summary>
    public bool Adopt { get; init; }

    /// <summary>True: subscribers that were added by hand stay.</summary>
    public bool KeepExtraSubscribers { get; init; }

    /// <summary>Amounts added to the limit until a day. What they come to on one day is settled by <c>BudgetsAsOf</c>, by whoever is about to write.</summary>
    public EquatableArray<Grant> Grants { get; init; } = [];

    /// <summary>Amounts that take over on their days, in order of day, each day once; settled as <see cref="Grants"/> are.</summary>
    public EquatableArray<EffectiveAmount> Changes { get; init; } = [];

    /// <summary>The days on which the limit is another by itself, in order.</summary>
    public IEnumerable<DateOnly> LimitTurns() =>
        Changes.Select(change => change.From)
            .Concat(Grants.Where(grant => grant.Until < DateOnly.MaxValue).Select(grant => grant.Until.AddDays(1)))
            .Distinct()
            .Order();

    /// <summary>The budget's tags beside our ownership tag; null leaves those it has as they are, empty takes them away.</summary>
    public EquatableDictionary<string, string>? ResourceTags { get; init; }
}

/// <summary>The validated, resolved set of budgets one spoke should have. Empty means: delete what we manage there.</summary>
/// <param name="Budgets">Sorted by name, ordinal.</param>
public sealed record DesiredBudgets(EquatableArray<DesiredBudget> Budgets)
{
    public static DesiredBudgets None { get; } = new([]);
}
