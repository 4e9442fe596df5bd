namespace BudgetSync.LocalAws.Sns;

/// <summary>One message on its way from a topic to one of its subscribers.</summary>
public sealed record MessageDelivery(PublishedMessage Message, Subscription Subscription);
