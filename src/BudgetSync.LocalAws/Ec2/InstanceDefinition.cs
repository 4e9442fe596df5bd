using System.Collections.Immutable;

namespace BudgetSync.LocalAws.Ec2;

/// <summary>An instance as a test or a local run wants it.</summary>
public sealed record InstanceDefinition(string AccountId)
{
    /// <summary>Null is the cloud's home region.</summary>
    public string? Region { get; init; }

    public ImmutableDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Of a one-time Spot request, which cannot be stopped.</summary>
    public bool IsSpot { get; init; }

    /// <summary>Its root is an instance store, which a stop would lose.</summary>
    public bool IsOnInstanceStore { get; init; }

    /// <summary>Stop protection, <c>disableApiStop</c>.</summary>
    public bool IsStopProtected { get; init; }

    /// <summary>The customer's key that encrypts its volumes; null: none, or AWS's own.</summary>
    public string? KmsKeyArn { get; init; }
}
