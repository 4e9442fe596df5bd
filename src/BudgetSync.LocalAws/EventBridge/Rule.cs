using System.Collections.Immutable;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>A rule on a bus: which events (or when), and where to.</summary>
/// <param name="BusName"><c>default</c>, or a custom bus of the same account and region.</param>
public sealed record Rule(string AccountId, string BusName, string Name)
{
    /// <summary>Null where the cloud's home region is meant; a rule that was put has one.</summary>
    public string? Region { get; init; }

    public EventPattern? Pattern { get; init; }

    /// <summary><c>rate(…)</c> or <c>cron(…)</c>; on the default bus only.</summary>
    public string? Schedule { get; init; }

    public bool Enabled { get; init; } = true;

    public string? Description { get; init; }

    public ImmutableArray<RuleTarget> Targets { get; init; } = [];

    /// <summary>The ARN that <c>aws:SourceArn</c> of a delivery names.</summary>
    public string Arn => $"arn:aws:events:{Region}:{AccountId}:rule/{(BusName == EventBus.DefaultName ? "" : $"{BusName}/")}{Name}";
}
