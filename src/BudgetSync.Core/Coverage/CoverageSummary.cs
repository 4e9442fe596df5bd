using System.Collections.Immutable;

namespace BudgetSync.Core.Coverage;

/// <summary>Coverage in a few numbers: what the dashboard and the first lines of <c>status</c> show.</summary>
/// <param name="Counts">Accounts (and orphan rows) by state; every state is there, with 0 where there is none.</param>
/// <param name="OldestUnapplied">
/// When the oldest edit was made that is not applied yet; null when all are. Rejected ones count: they are waited for too.
/// </param>
/// <param name="PercentApplied">
/// Of the accounts that a row covers, 0 to 100, never rounded up to 100; 100 where no account is covered, for nothing is amiss then.
/// </param>
public sealed record CoverageSummary(ImmutableSortedDictionary<CoverageState, int> Counts, DateTimeOffset? OldestUnapplied, decimal PercentApplied)
{
    /// <summary>
    /// How old the knowledge is that accounts are Applied: the oldest of their last reports; null where none is. Manual changes since then are not known yet.
    /// </summary>
    public DateTimeOffset? OldestReport { get; init; }

    public static CoverageSummary Of(IReadOnlyCollection<CoverageLine> lines)
    {
        var counts = Enum.GetValues<CoverageState>()
            .ToImmutableSortedDictionary(
                state => state,
                state => lines.Count(line => line.State == state && (line.IsAccount || state == CoverageState.Orphan)));
        var covered = lines.Count(line => line.IsAccount && line.State != CoverageState.Uncovered);
        return new CoverageSummary(
            counts,
            lines.Where(line => line.State is CoverageState.Pending or CoverageState.Blocked or CoverageState.Rejected or CoverageState.Failed)
                .Select(OpenEdit)
                .Min(),
            covered == 0 ? 100 : decimal.Floor(counts[CoverageState.Applied] * 1000m / covered) / 10)
        {
            OldestReport = lines.Where(line => line is { IsAccount: true, State: CoverageState.Applied }).Select(line => line.Status?.ReportedAt).Min(),
        };
    }

    /// <summary>An edit older than the time its budgets were applied is closed: what is open then is a renewal, not the edit.</summary>
    private static DateTimeOffset? OpenEdit(CoverageLine line) =>
        line.Status is { EditedAt: { } edited } status && !(status.AppliedAt >= edited && status.AppliedRevision == status.DesiredRevision) ? edited : null;
}
