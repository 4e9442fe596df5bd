using BudgetSync.LocalAws.Sns;

namespace BudgetSync.LocalAws.Budgets;

/// <summary>An alert of a budget that its topic did not take: AWS tells no one.</summary>
/// <param name="Reason">Why; Granted where the topic was in trouble when the alert came.</param>
public sealed record LostAlert(string AccountId, string BudgetName, string TopicArn, TopicAccess Reason);
