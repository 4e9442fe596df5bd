using System.Collections.Immutable;

namespace BudgetSync.Core.Reports;

/// <summary>What a spoke says after an apply: the handler's return value, and so the <c>responsePayload</c> of the event that reaches Collect.</summary>
public sealed record Report
{
    /// <summary>The spoke as it sees itself, for people. Collect trusts the event's own account, never this.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The revision of the document that was applied; null where the parameter is missing or no document.</summary>
    public string? Revision { get; init; }

    /// <summary>The version of the parameter that was applied; 0 where there is no parameter.</summary>
    public long ParameterVersion { get; init; }

    public required ReportOutcome Outcome { get; init; }

    /// <summary>Why the outcome is not Applied.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>What was done, one line per change; empty when nothing was to do.</summary>
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>
    /// How the budgets differed before this apply. Whether that is drift or simply the change that was asked for is for Collect to say:
    /// the spoke does not remember which revision it applied last.
    /// </summary>
    public ImmutableArray<string> Drift { get; init; } = [];

    /// <summary>Budgets that were taken over, and what they were.</summary>
    public ImmutableArray<string> Adopted { get; init; } = [];

    public ImmutableArray<ReportedBudget> Budgets { get; init; } = [];

    /// <summary>The spoke's stack is being deleted: this is its last report, and nobody keeps its budgets from now on.</summary>
    public bool StackDeleted { get; init; }

    /// <summary>
    /// The parameter's text is, letter by letter, what BudgetSync writes: whoever has forgotten that it wrote it can tell it from what people type.
    /// </summary>
    public bool IsCanonical { get; init; }

    /// <summary>When the apply ended, by the spoke's clock.</summary>
    public required DateTimeOffset At { get; init; }

    public bool Equals(Report? other) =>
        other is not null
        && (Account, Revision, ParameterVersion, Outcome, At) == (other.Account, other.Revision, other.ParameterVersion, other.Outcome, other.At)
        && (StackDeleted, IsCanonical) == (other.StackDeleted, other.IsCanonical)
        && Reasons.SequenceEqual(other.Reasons)
        && Changes.SequenceEqual(other.Changes)
        && Drift.SequenceEqual(other.Drift)
        && Adopted.SequenceEqual(other.Adopted)
        && Budgets.SequenceEqual(other.Budgets);

    public override int GetHashCode() => HashCode.Combine(Revision, ParameterVersion, At);
}
