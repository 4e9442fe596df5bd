namespace BudgetSync.LocalAws.Logs;

/// <summary>Who gets which events of a log group.</summary>
/// <param name="DestinationArn">A function's.</param>
internal sealed record SubscriptionFilter(string Name, FilterPattern Pattern, string DestinationArn, DateTimeOffset CreatedAt)
{
    /// <summary>Until when nothing is sent, because the destination refused for good.</summary>
    public DateTimeOffset DisabledUntil { get; set; }
}
