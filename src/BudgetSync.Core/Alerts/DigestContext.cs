using System.Collections.Immutable;
using BudgetSync.Core.Coverage;
using BudgetSync.Core.OwnCosts;
using BudgetSync.Core.Spend.History;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>What a digest is made of.</summary>
/// <param name="Rows">The accounts whose alerts go to the channel.</param>
/// <param name="Day">Of the digest, <see cref="Digest.DayOf"/>.</param>
public sealed record DigestContext(DigestInterval Interval, IReadOnlyCollection<StatusRow> Rows, DateOnly Day, DateTimeOffset Now)
{
    /// <summary>Of these accounts, as AWS Cost Anomaly Detection told them.</summary>
    public ImmutableArray<CostAnomaly> Anomalies { get; init; } = [];

    /// <summary>Those that cover one of these accounts.</summary>
    public ImmutableArray<EnvelopeLine> Envelopes { get; init; } = [];

    /// <summary>Budgets of these accounts that spend more a day than they did.</summary>
    public ImmutableArray<BudgetRise> Rises { get; init; } = [];

    /// <summary>Of the whole deployment; null where it is not known.</summary>
    public OwnCost? OwnCost { get; init; }
}
