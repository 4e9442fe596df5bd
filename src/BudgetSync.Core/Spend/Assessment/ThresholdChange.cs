using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend.Assessment;

/// <summary>A notification that went from one state to the other: the events <c>BudgetSync Threshold Crossed</c> and <c>… Cleared</c>.</summary>
public abstract record ThresholdChange
{
    private ThresholdChange()
    {
    }

    public abstract NotificationKey Threshold { get; }

    /// <summary>OK → ALARM, or in ALARM when it was first seen.</summary>
    public sealed record Crossed(NotificationKey Key) : ThresholdChange
    {
        public override NotificationKey Threshold => Key;
    }

    /// <summary>ALARM → OK.</summary>
    /// <param name="Why">For example <c>a new period began</c>.</param>
    public sealed record Cleared(NotificationKey Key, string Why) : ThresholdChange
    {
        public override NotificationKey Threshold => Key;
    }

    /// <summary>
    /// What AWS says of notifications while it has forgotten the amounts: one that was in alarm is OK then for want of an amount, not because of one.
    /// </summary>
    internal static EquatableArray<ThresholdState>? StillInAlarm(EquatableSet<NotificationKey> before, EquatableArray<ThresholdState>? now) =>
        now is { } states ? ImmutableArray.CreateRange(states.Select(state => state with { Alarm = state.Alarm || before.Items.Contains(state.Key) })) : null;

    /// <summary>What is new against what was in alarm before. A notification that is no longer there clears nothing: it was deleted, not calmed.</summary>
    internal static EquatableArray<ThresholdChange> Between(EquatableSet<NotificationKey> before, EquatableArray<ThresholdState> now, string whyCleared) =>
    [
        .. now.OrderBy(state => state.Key)
            .Where(state => state.Alarm != before.Items.Contains(state.Key))
            .Select(state => state.Alarm ? (ThresholdChange)new Crossed(state.Key) : new Cleared(state.Key, whyCleared)),
    ];
}
