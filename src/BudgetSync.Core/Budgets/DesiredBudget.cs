using System.Collections.Immutable;

namespace BudgetSync.Core.Budgets;

/// <summary>One budget a spoke should have: validated, resolved, complete.</summary>
/// <param name="Notifications">Sorted by <see cref="NotificationKey"/>, each key once.</param>
/// <param name="Actions">In the order of the row; each once.</param>
public sealed record DesiredBudget(BudgetSettings Settings, ImmutableArray<Notification> Notifications, ImmutableArray<BudgetAction> Actions)
{
    /// <summary>True: an existing budget of this name that we did not create is taken over instead of being a clash.</summary>
    public bool Adopt { get; init; }

    /// <summary>True: subscribers that somebody added by hand stay.</summary>
    public bool KeepExtraSubscribers { get; init; }

    public bool Equals(DesiredBudget? other) =>
        other is not null
        && (Adopt, KeepExtraSubscribers) == (other.Adopt, other.KeepExtraSubscribers)
        && Settings.Equals(other.Settings)
        && Notifications.SequenceEqual(other.Notifications)
        && Actions.SequenceEqual(other.Actions);

    public override int GetHashCode() => HashCode.Combine(Settings, Notifications.Length, Actions.Length);
}

/// <summary>The validated, resolved set of budgets one spoke should have. Empty means: delete what we manage there.</summary>
/// <param name="Budgets">Sorted by name, ordinal.</param>
public sealed record DesiredBudgets(ImmutableArray<DesiredBudget> Budgets)
{
    public static DesiredBudgets None { get; } = new([]);

    public bool Equals(DesiredBudgets? other) => other is not null && Budgets.SequenceEqual(other.Budgets);

    public override int GetHashCode() => Budgets.Aggregate(0, HashCode.Combine);
}
