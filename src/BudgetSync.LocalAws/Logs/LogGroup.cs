namespace BudgetSync.LocalAws.Logs;

/// <summary>A log group: its streams, its newest events and who is subscribed. Every use of it holds <see cref="Gate"/>.</summary>
internal sealed class LogGroup(string accountId, string region, string name, DateTimeOffset createdAt)
{
    /// <summary>Ours: how many of its newest events a group keeps to be looked at. Subscriptions get all of them.</summary>
    private const int Kept = 10_000;

    private readonly Queue<LogEvent> events = new();

    public Lock Gate { get; } = new();

    public string AccountId { get; } = accountId;

    public string Region { get; } = region;

    public string Name { get; } = name;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Null keeps events for ever.</summary>
    public int? RetentionInDays { get; set; }

    public HashSet<string> Streams { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, SubscriptionFilter> Filters { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<LogEvent> Events => [.. events];

    /// <summary>What <c>aws:SourceArn</c> is where CloudWatch Logs calls for this group.</summary>
    public string SourceArn => $"arn:aws:logs:{Region}:{AccountId}:log-group:{Name}:*";

    public void Add(IEnumerable<LogEvent> added)
    {
        foreach (var one in added) events.Enqueue(one);
        while (events.Count > Kept) events.Dequeue();
    }
}
