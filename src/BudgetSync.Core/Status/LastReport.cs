using System.Collections.Immutable;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Status;

/// <summary>What of a report decides about the next one, and about the state when the same revision is propagated again without a new version.</summary>
public sealed record LastReport(string? Revision, long ParameterVersion, ReportOutcome Outcome, ImmutableArray<string> Reasons, DateTimeOffset At)
{
    /// <summary>As <see cref="Report.IsCanonical"/>.</summary>
    public bool IsCanonical { get; init; }

    public bool Equals(LastReport? other) =>
        other is not null
            && (Revision, ParameterVersion, Outcome, At, IsCanonical) == (other.Revision, other.ParameterVersion, other.Outcome, other.At, other.IsCanonical)
            && Reasons.SequenceEqual(other.Reasons);

    public override int GetHashCode() => HashCode.Combine(Revision, ParameterVersion, At);
}
