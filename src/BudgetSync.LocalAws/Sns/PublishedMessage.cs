namespace BudgetSync.LocalAws.Sns;

/// <summary>A message that was published to a topic.</summary>
public sealed record PublishedMessage(string TopicArn, string MessageId, string? Subject, string Body, DateTimeOffset At);
