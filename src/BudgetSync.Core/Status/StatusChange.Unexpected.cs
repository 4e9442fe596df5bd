using System.Collections.Immutable;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Status;

/// <content>What a report means that was not waited for: of a stack that goes, of a late write, of a parameter that holds something else.</content>
public static partial class StatusChange
{
    /// <summary>
    /// The stack took its budgets along (those of a released account stay), so the account has nothing of what its rows ask for until a stack is back.
    /// What is wrong with its rows stays wrong, and what is left alone stays so.
    /// </summary>
    private static StatusRow Removed(StatusRow row, Report report, DateTimeOffset now) => row.State is AccountState.Uncovered or AccountState.Rejected
        ? row
        : row with { State = AccountState.Blocked, Reasons = report.Reasons, AppliedRevision = null, Budgets = [], Drift = [], NextAttemptAt = now };

    /// <summary>
    /// True where nothing is asked of the account any more, and something that we once asked for is in its parameter after all. What people type there is
    /// theirs.
    /// </summary>
    private static bool CameLate(StatusRow row, Report report) =>
        row.State == AccountState.Uncovered
            && report.Outcome != ReportOutcome.Released
            && report.ParameterVersion > row.ParameterVersion
            && report.Revision is { } revision
            && row.RecentRevisions.Contains(revision);

    /// <summary>A write of ours took effect after what was to be the last one: that one is due again.</summary>
    private static StatusRow Returned(StatusRow row, Report report, DateTimeOffset now) => row with
    {
        State = AccountState.Pending,
        Reasons = ["an earlier write of ours reached the parameter late, though nothing is asked of this account any more; the next reconcile takes it back"],
        DesiredRevision = row.ReleasedAt is null ? ParameterDocument.NothingRevision : ParameterDocument.ReleasedRevision,
        ParameterVersion = report.ParameterVersion,
        ReleasedAt = null,
        NextAttemptAt = now,
    };

    /// <summary>
    /// True where our budgets were found gone only by an apply of those very minutes, and the parameter was deleted since. What Budgets answers may be a
    /// moment old, so that a budget just made is not seen; the next apply sees it, but without the parameter it has nothing to go by.
    /// </summary>
    private static bool IsUnconfirmed(StatusRow row, Report report) =>
        report is { ParameterVersion: 0, Outcome: ReportOutcome.Pending }
            && row is { State: AccountState.Uncovered, ReleasedAt: null, LastReport: { Outcome: ReportOutcome.Applied } last }
            && last.Revision == ParameterDocument.NothingRevision
            && last.At < row.AppliedAt + LongestRun;

    /// <summary>The clearing is asked for once more.</summary>
    private static StatusRow Doubted(StatusRow row, DateTimeOffset now) => row with
    {
        State = AccountState.Pending,
        Reasons = ["its parameter was deleted before a second apply could see that our budgets are gone; the next reconcile asks for that again"],
        DesiredRevision = ParameterDocument.NothingRevision,
        NextAttemptAt = now,
    };

    /// <summary>
    /// A state that claims to know the spoke no longer does: its parameter holds something else. The next reconcile puts it back at once.
    /// States that wait or refuse keep their reasons; what the spoke itself refused is no longer in its parameter, so that refusal stands no more.
    /// </summary>
    private static StatusRow Unanswered(StatusRow row, DateTimeOffset now) =>
        row.State is AccountState.Applied or AccountState.Unchecked || row is { State: AccountState.Rejected, DesiredRevision: not null }
            ? row with
            {
                State = AccountState.Pending,
                Reasons =
                [
                    "the spoke's parameter holds something else than its rows ask for: it was changed by hand, or a newer edit is on its way; the "
                        + "next reconcile puts it right"
                ],
                Drift = [DriftEntry.ParameterChanged],
                NextAttemptAt = now,
            }
            : row;
}
