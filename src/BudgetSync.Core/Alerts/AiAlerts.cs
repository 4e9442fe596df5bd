using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// What is told of budgets of models: as with money, it follows from what the spoke said last. One alert at most for a budget and its window, whose level is
/// its state.
/// </summary>
public static class AiAlerts
{
    /// <param name="note">What the row says for people; null where it says nothing.</param>
    public static ImmutableArray<Alert> Of(StatusRow row, string? note, DateTimeOffset now) => Of(row, AiView.Of(row, now), note, now);

    private static ImmutableArray<Alert> Of(StatusRow row, AiReport? report, string? note, DateTimeOffset now) =>
    [
        .. (report?.Lines ?? []).Select(line => Of(row, line, now)).OfType<Alert>()
            .Concat((report?.Regions ?? []).Where(region => region.DeadLetters > 0).Select(region => Of(row, region, now)))
            .Select(alert => alert with { Note = note, AccountName = row.AccountName.Length > 0 ? row.AccountName : null }),
    ];

    /// <summary>The message that it is over.</summary>
    internal static Alert Over(OpenAlert told, string account, StatusRow? row, DateTimeOffset now)
    {
        if (told.Budget.StartsWith(Queue, StringComparison.Ordinal)) return QueueIsOver(told, account, row, now);
        var line = row is null ? null : AiView.Of(row, now)?.Lines.FirstOrDefault(line => line.Subject.Key == told.Budget);
        var what = $"{told.Budget} of {account}";
        var text = line is null ? $"{what} has no budget of models any more."
            : line.State is AiState.Restored(_, var why, _) ? $"{what} is restored: {why}."
            : PeriodOf(line) != told.Period ? $"{what}: a new window began."
            : $"{what} is within its budget of models again: {AiText.Used(line)}.";
        return new Alert(told.Kind, told.Severity, AlertPhase.Resolved, account, told.Budget, told.Period, told.Levels.LastOrDefault(""), text, now);
    }

    /// <summary>What stands for a budget's name where a Region's dead-letter queue is told of; no subject is called so.</summary>
    private const string Queue = "dead letters in ";

    private static Alert Of(StatusRow row, AiRegion region, DateTimeOffset now) => new(
        AlertKind.Ai, AlertSeverity.Critical, AlertPhase.Opened, row.Key, $"{Queue}{region.Name}", "", "DeadLetters",
        $"{AiText.DeadLetters(region)} in {region.Name} of {row.Key}, so spending on models may be more than is shown: {AiText.SendAgain}.", now);

    private static Alert QueueIsOver(OpenAlert told, string account, StatusRow? row, DateTimeOffset now)
    {
        var region = row?.Ai?.Regions.FirstOrDefault(region => region.Name == told.Budget[Queue.Length..]);
        var text = region?.DeadLetters is null
            ? $"Whether messages wait in Meter's dead-letter queue in {told.Budget[Queue.Length..]} of {account} is not seen any more."
            : $"Meter's dead-letter queue in {region.Name} of {account} is empty.";
        return new Alert(told.Kind, told.Severity, AlertPhase.Resolved, account, told.Budget, told.Period, told.Levels.LastOrDefault(""), text, now);
    }

    private static Alert? Of(StatusRow row, AiLine line, DateTimeOffset now)
    {
        // What was used in a window that is over is told no more; what is suspended is until it is not.
        if (!line.Period.Holds(now) && line.State is not (AiState.Suspended or AiState.Grace)) return null;
        var restore = $"budgetsync ai restore {row.Key} {line.Subject} --because TEXT";
        var (severity, then) = line.State switch
        {
            // Its level stays: a bus that is away makes no message of each who is suspended.
            _ when line.Doubt.Length > 0 =>
                (AlertSeverity.Critical, $"It was in the state {line.State.Name} then, and whether it is so still is not known: {line.Doubt}."),
            AiState.Warned => (AlertSeverity.Warning, Outlook(line)),
            AiState.Critical => (AlertSeverity.Warning, Outlook(line)),
            AiState.Exceeded when line.Mode == ResponseMode.CONFIRM && line.Unattachable.Length == 0 =>
                (AlertSeverity.Critical, $"The suspension waits for a person: budgetsync ai approve {row.Key} {line.Subject} --because TEXT."),
            AiState.Exceeded => (AlertSeverity.Critical, Outlook(line)),
            AiState.Grace(_, { IsEmpty: false } refused) => (AlertSeverity.Critical, $"The suspension was refused: {string.Join("; ", refused)}."),
            AiState.Grace(var until, _) => (AlertSeverity.Critical, $"It is suspended from {UtcText.Minutes(until)} on. Stop it: {restore}."),
            AiState.Suspended(var since, _, _) => (AlertSeverity.Critical, $"It is suspended since {UtcText.Minutes(since)}. Give it back: {restore}."),
            _ => (AlertSeverity.Info, ""),
        };
        if (then.Length == 0) return null;
        var pool = line.Pool.Length > 0 ? $" The pool {line.Pool} asks for it." : "";
        var held = line.HeldBack.Length > 0 ? $" It is held back: {line.HeldBack}." : "";
        var text = $"{line.Subject} of {row.Key} has used {AiText.Used(line)}.{pool}{held} {then}";
        return new Alert(AlertKind.Ai, severity, AlertPhase.Opened, row.Key, line.Subject.Key, PeriodOf(line), line.State.Name, text, now)
        {
            // A limit that is raised makes 90 % the 70 % that nobody was told of before.
            Reached = line.State is AiState.Critical ? [nameof(AiState.Warned), line.State.Name] : [],
            Facts =
            [
                new AlertFact("Used", AiText.Dollars(line.Spent)), new AlertFact("Limit", AiText.Dollars(line.Limit)),
                new AlertFact("Mode", line.Mode.ToString()), new AlertFact("Window", line.Period.ToString()),
                .. Mostly(line), .. Unpriced(line), .. Uncounted(line), .. Unjoined(row, line),
            ],
        };
    }

    private static string Outlook(AiLine line) =>
        line.Mode == ResponseMode.WATCH || line.Subject is AiSubject.Model ? "Nothing is done: its row only watches."
        : line.Unattachable.Length > 0 ? $"It cannot be suspended: {line.Unattachable}."
        : line.Mode == ResponseMode.CONFIRM ? "At 100 % a person is asked to suspend it."
        : "It is suspended when all of it is used.";

    private static string PeriodOf(AiLine line) => UtcText.Minutes(line.Period.Start);

    private static IEnumerable<AlertFact> Mostly(AiLine line) => line.Mostly.Length > 0 ? [new AlertFact("Mostly", line.Mostly)] : [];

    private static IEnumerable<AlertFact> Unpriced(AiLine line) => line.UnpricedCalls > 0
        ? [new AlertFact("Without a price", string.Create(CultureInfo.InvariantCulture, $"{line.UnpricedCalls:#,0} calls"))]
        : [];

    private static IEnumerable<AlertFact> Uncounted(AiLine line) => line.UncountedCalls > 0
        ? [new AlertFact("Without counted tokens", string.Create(CultureInfo.InvariantCulture, $"{line.UncountedCalls:#,0} calls"))]
        : [];

    /// <summary>Of what is a sum of all callers: who some of them were.</summary>
    private static IEnumerable<AlertFact> Unjoined(StatusRow row, AiLine line) =>
        line.Subject is AiSubject.Principal ? [] : (row.Ai?.Regions ?? []).Where(region => region.UnjoinedCalls > 0)
            .Select(region => new AlertFact("Without a known caller today", $"{AiText.Unjoined(region)} in {region.Name}"));
}
