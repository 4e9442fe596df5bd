using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Status;

/// <summary>What of a report decides about the next one, and about the state when the same revision is propagated again without a new version.</summary>
public sealed record LastReport(string? Revision, long ParameterVersion, ReportOutcome Outcome, EquatableArray<string> Reasons, DateTimeOffset At)
{
    /// <summary>As <see cref="Report.IsCanonical"/>.</summary>
    public bool IsCanonical { get; init; }

    /// <summary>As <see cref="Report.StackDeleted"/>.</summary>
    public bool StackDeleted { get; init; }
}
