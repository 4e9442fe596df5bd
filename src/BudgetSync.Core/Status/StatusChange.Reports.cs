using System.Collections.Immutable;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Spend.History;

namespace BudgetSync.Core.Status;

/// <content>What a spoke says, and what follows from it.</content>
public static partial class StatusChange
{
    /// <summary>
    /// The spoke reported. An older report (<see cref="IsOlder"/>) and a repeated one change nothing. A report of another revision than the desired one is
    /// kept, and leaves the state open: a newer parameter is on its way, or it was changed by hand.
    /// </summary>
    /// <param name="bounds">Of the management account's settings: a spoke judges its spend by the defaults.</param>
    /// <param name="history">As in <see cref="Looked"/>.</param>
    /// <param name="deployed">The report is of CloudFormation's Create or Update: there is a stack again.</param>
    public static StatusRow Reported(
        StatusRow? before,
        string key,
        Report report,
        SpendBounds bounds,
        DateTimeOffset now,
        ImmutableArray<HistoryItem> history = default,
        bool deployed = false)
    {
        var row = before ?? Fresh(key, now);
        var at = report.At < now ? report.At : now; // A spoke's clock that runs ahead must not outlive its own later reports.
        if (row.LastReport is { } last && IsOlder(report.ParameterVersion, at, last))
            return row;
        // An apply that was under way when the stack went reports after the last report; what it made is not known to be there.
        if (!deployed && !report.StackDeleted && row.LastReport is { StackDeleted: true } removal && at <= removal.At + LongestRun)
            return row;

        var applied = report.Outcome == ReportOutcome.Applied;
        var answers = row.DesiredRevision is not null && report.Revision == row.DesiredRevision && report.ParameterVersion >= row.ParameterVersion;
        // The parameter had been changed by hand and was put back: what this apply found of the budgets came from there.
        var putBack = answers && row.LastReport?.Revision != row.DesiredRevision && row.Drift.Contains(DriftEntry.ParameterChanged);
        ImmutableArray<DriftEntry> found = [.. report.Drift.Select(DriftEntry.OfBudget)];
        EquatableArray<DriftEntry> drift = putBack ? [DriftEntry.ParameterChanged, .. found]
            : row.AppliedRevision is not null && row.AppliedRevision == report.Revision ? found
            : [];
        var seen = AccountSpend.Seen(row, report.Budgets, history.IsDefault ? [] : history, bounds, at, now);
        var asked = report.Budgets.Select(budget => budget.Name).ToHashSet(StringComparer.Ordinal);
        var after = row with
        {
            LastReport = new LastReport(report.Revision, report.ParameterVersion, report.Outcome, report.Reasons, at)
            {
                IsCanonical = report.IsCanonical,
                StackDeleted = report.StackDeleted,
            },
            Budgets = seen.Budgets,
            // An apply that was refused before it could read tells of no budget, which does not mean that there is none.
            Spend = applied || asked.Count > 0 ? [.. seen.Spend.Where(standing => asked.Contains(standing.BudgetName))] : row.Spend,
            Untold = seen.Untold,
            Topics = report.Topics ?? row.Topics,
            Adopted = report.Adopted,
            Meters = row.Meters || report is { Meters: true, StackDeleted: false },
            Ai = Unmetered(row, report, at),
            Drift = drift,
            DriftSeenAt = drift.IsEmpty ? row.DriftSeenAt : at,
            ReportedAt = at,
            AppliedRevision = applied ? report.Revision : row.AppliedRevision,
            AppliedAt = applied && (report.Revision != row.AppliedRevision || row.AppliedAt is null) ? at : row.AppliedAt,
        };
        after = RestrictionReports.Of(after, report, now) with { ItemVersion = row.ItemVersion };
        if (report.StackDeleted) return Written(row, Removed(after, report, now));
        if (answers) return Written(row, Answered(after, report, now));
        if (CameLate(row, report)) return Written(row, Returned(after, report, now));
        return Written(row, IsUnconfirmed(row, report) ? Doubted(after, now) : Unanswered(after, now));
    }

    /// <summary>
    /// Versions order reports as long as the parameter lives, whatever took how long. But a person may delete it: then a report has no version at all (0), and
    /// when it is made anew its versions begin again. No run outlasts <see cref="LongestRun"/>, so beyond that the times tell.
    /// </summary>
    private static bool IsOlder(long version, DateTimeOffset at, LastReport last)
    {
        if (version == last.ParameterVersion || version == 0)
            return at <= last.At;
        if (last.ParameterVersion == 0)
            return at < last.At;
        return version < last.ParameterVersion ? at <= last.At + LongestRun : at < last.At - LongestRun;
    }

    /// <summary>Lambda ends any invocation after 15 minutes (Lambda quotas, "Function timeout").</summary>
    internal static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    /// <summary>Apply ended without a report: it crashed, timed out or was refused. A crash from before the last report says nothing any more.</summary>
    /// <param name="at">The failure event's time.</param>
    public static StatusRow Crashed(StatusRow? before, string key, string reason, DateTimeOffset at, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        at = at < now ? at : now; // As of a report: an event that says it is of next year must not outlive later ones.
        if (row.ReportedAt is { } reported && at <= reported) return row;
        if (row.State is AccountState.Rejected or AccountState.Uncovered or AccountState.Blocked or AccountState.Orphan) return row;
        var attempts = Next(row.Attempts);
        return Written(row, row with
        {
            State = AccountState.Failed,
            Reasons = Bounded([reason]),
            ReportedAt = at,
            Attempts = attempts,
            NextAttemptAt = now + RetryDelay.After(attempts),
        });
    }

    public static AccountState StateOf(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Applied => AccountState.Applied,
        ReportOutcome.Pending => AccountState.Pending,
        ReportOutcome.Rejected => AccountState.Rejected,
        ReportOutcome.Released => AccountState.Uncovered,
        _ => AccountState.Failed,
    };

    private static StatusRow Answered(StatusRow row, Report report, DateTimeOffset now)
    {
        var attempts = Next(row.Attempts);
        return report.Outcome switch
        {
            ReportOutcome.Applied => Settled(
                row with
                {
                    State = AccountState.Applied,
                    Reasons = [],
                    From = report.Revision == ParameterDocument.NothingRevision ? [] : row.From,
                    Attempts = 0,
                    NextAttemptAt = null
                }),
            // What AWS or the document refuses stays refused until a row changes; the daily apply tries it anyway and would report success.
            ReportOutcome.Rejected => row with { State = AccountState.Rejected, Reasons = report.Reasons, Attempts = 0, NextAttemptAt = null },
            _ => row with { State = StateOf(report.Outcome), Reasons = report.Reasons, Attempts = attempts, NextAttemptAt = now + RetryDelay.After(attempts) },
        };
    }

    /// <summary>Our budgets are gone because no row asks for any: that is no state of being applied.</summary>
    private static StatusRow Settled(StatusRow row) =>
        row is { State: AccountState.Applied, DeletedRow: null } && row.DesiredRevision == ParameterDocument.NothingRevision
            ? row with { State = AccountState.Uncovered, Reasons = [StatusReasons.Uncovered], DesiredRevision = null }
            : row;
}
