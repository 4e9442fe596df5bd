using System.Collections.Immutable;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>A rule on a bus: which events (or when), and where to.</summary>
/// <param name="BusName"><c>default</c>, or a custom bus of the same account.</param>
public sealed record Rule(string AccountId, string BusName, string Name)
{
    public EventPattern? Pattern { get; init; }

    /// <summary><c>rate(…)</c> or <c>cron(…)</c>; on the default bus only.</summary>
    public string? Schedule { get; init; }

    public bool Enabled { get; init; } = true;

    public string? Description { get; init; }

    public ImmutableArray<RuleTarget> Targets { get; init; } = [];

    /// <summary>The ARN that <c>aws:SourceArn</c> of a delivery names.</summary>
    public string ArnIn(string region) => $"arn:aws:events:{region}:{AccountId}:rule/{(BusName == EventBus.DefaultName ? "" : $"{BusName}/")}{Name}";
}
