namespace BudgetSync.LocalAws.Sns;

/// <summary>Who wants a topic's messages. Recorded only: nothing is sent to mail or phones from here.</summary>
public sealed record Subscription(string Arn, string TopicArn, string Protocol, string Endpoint);
