using BudgetSync.Core.Budgets;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Reports;
using BudgetSync.Core.Spend;
using BudgetSync.Core.Status;
using FsCheck.Fluent;

namespace BudgetSync.Core.Tests.Status;

/// <summary>Steps of one account's status, as short as its tests want them.</summary>
internal static class StatusSteps
{
    public const string Key = "111122223333";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static DesiredParameter Wanted(string revision, string[] from, OnDelete onDelete) =>
        new("document", revision, [.. from.Select(Scope.TryParse).OfType<Scope>()], onDelete);

    public static StatusRow Propagated(StatusRow? before, string revision, long version, DateTimeOffset now, DateTimeOffset? editedAt = null) =>
        StatusChange.Propagated(before, Key, Wanted(revision, [Key], OnDelete.REVERT), version, editedAt, now);

    public static StatusRow Reported(
        StatusRow? before,
        string? revision,
        long version,
        DateTimeOffset at,
        ReportOutcome outcome = ReportOutcome.Applied,
        params string[] reasons) =>
        StatusChange.Reported(before, Key, Report(revision, version, at, outcome) with { Reasons = [.. reasons] }, SpendBounds.Default, at);

    public static Report Report(string? revision, long version, DateTimeOffset at, ReportOutcome outcome = ReportOutcome.Applied) =>
        new() { Revision = revision, ParameterVersion = version, Outcome = outcome, At = at };
}
