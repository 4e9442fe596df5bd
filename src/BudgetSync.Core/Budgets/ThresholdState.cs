namespace BudgetSync.Core.Budgets;

/// <summary>What AWS says of one notification: NotificationState, OK or ALARM (service model budgets).</summary>
public readonly record struct ThresholdState(NotificationKey Key, bool Alarm);
