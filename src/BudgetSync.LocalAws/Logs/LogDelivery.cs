namespace BudgetSync.LocalAws.Logs;

/// <summary>Some events on their way from a log group to a function that is subscribed.</summary>
/// <param name="Filter">The subscription's name.</param>
/// <param name="Messages">Of the events, in their order.</param>
public sealed record LogDelivery(string AccountId, string Region, string Group, string Filter, string FunctionArn, IReadOnlyList<string> Messages);
