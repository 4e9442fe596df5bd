namespace BudgetSync.LocalAws.Logs;

/// <summary>One event of a log.</summary>
/// <param name="Id">56 digits, as CloudWatch Logs writes them.</param>
public sealed record LogEvent(string Id, string Stream, DateTimeOffset At, string Message);
