using BudgetSync.Core.Ai;

namespace BudgetSync.Core.Status;

/// <summary>
/// What is known of an account's models at a moment: what its spoke said last, as long as that stands for what is true. The report of a stack that goes may be
/// lost, an account may be closed or leave, and Meter may be switched off: what was Suspended then is not called so any more.
/// </summary>
public static class AiView
{
    /// <summary>Meter tells at each change and once an hour, so that two reports may be lost.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(3);

    private const string NotDenied = "the organization does not deny the account's models";

    /// <returns>Null where the spoke has told nothing of models.</returns>
    public static AiReport? Of(StatusRow row, DateTimeOffset now)
    {
        if (row.Ai is not { } told) return null;
        var report = row.IsCapped ? told : WithoutCap(told);
        return Silence(row, now) is { } why ? report.Doubted(why, isCapKnown: row.IsCapped) : report;
    }

    /// <summary>Why the last report does not stand for what is true; null where it does.</summary>
    public static string? Silence(StatusRow row, DateTimeOffset now)
    {
        if (row.Ai is not { } told) return null;
        var since = $"its spoke has told nothing of its models since {UtcText.Minutes(told.At)}";
        return row.IsOutOfReach || (now - told.At > Limit && row.State == AccountState.Blocked) ? $"{since}: {string.Join("; ", row.Reasons)}"
            : now - told.At > Limit ? since
            : null;
    }

    /// <summary>The cap is the organization's, and the hub knows when it has detached its policy, whatever the spoke says or does not say.</summary>
    private static AiReport WithoutCap(AiReport report) => report.Lines.Any(IsCapInForce)
        ? report with { Lines = [.. report.Lines.Select(line => IsCapInForce(line) ? line with { State = new AiState.Restored(report.At, NotDenied) } : line)] }
        : report;

    private static bool IsCapInForce(AiLine line) => line is { Subject: AiSubject.Account, State: AiState.Suspended };
}
