
namespace BudgetSync.Core.Budgets;

/// <summary>
/// What identifies a notification: AWS gives it no id, only this tuple. Two thresholds are the same when the numbers are (80 = 80.0).
/// </summary>
/// <param name="Threshold">Percent of the limit, or an amount in the budget's unit, as <paramref name="ThresholdType"/> says.</param>
public readonly record struct NotificationKey(
    NotificationType Type,
    ComparisonOperator Comparison,
    decimal Threshold,
    ThresholdType ThresholdType) : IComparable<NotificationKey>
{
    /// <summary>The order notifications stand in everywhere: ACTUAL before FORECASTED, then the smaller threshold first.</summary>
    public int CompareTo(NotificationKey other) =>
        (Type, ThresholdType, Threshold, Comparison).CompareTo((other.Type, other.ThresholdType, other.Threshold, other.Comparison));
}

/// <summary>A recipient: an e-mail address or the ARN of an SNS topic in the budget's own account.</summary>
public readonly record struct Subscriber(SubscriptionType Type, string Address) : IComparable<Subscriber>
{
    public int CompareTo(Subscriber other) => Type != other.Type ? Type.CompareTo(other.Type) : string.CompareOrdinal(Address, other.Address);

    /// <summary>The address is personal data: only its kind is printed.</summary>
    public override string ToString() => Type.ToString();
}

/// <summary>A notification and whom it tells. AWS allows 1 to 10 e-mail addresses and at most one topic each.</summary>
public sealed record Notification(NotificationKey Key, EquatableSet<Subscriber> Subscribers);
