using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Sqs;

/// <summary>A message in a queue.</summary>
/// <param name="Attributes">Message attributes by name, each <c>{DataType, StringValue}</c>.</param>
public sealed record Message(string Id, string Body, JsonObject Attributes, DateTimeOffset SentAt)
{
    /// <summary>From when on it can be received.</summary>
    internal DateTimeOffset VisibleAt { get; init; }

    public int ReceiveCount { get; init; }

    internal DateTimeOffset? FirstReceivedAt { get; init; }

    /// <summary>The handle of the newest receipt; an older one no longer deletes.</summary>
    internal string? Receipt { get; init; }
}
