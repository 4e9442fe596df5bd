namespace BudgetSync.LocalAws.Budgets;

/// <summary>An e-mail that AWS Budgets sent to a subscriber of a notification, who need not confirm anything first.</summary>
public sealed record AlertEmail(string AccountId, string BudgetName, string Address, string Subject, string Body, DateTimeOffset At);
