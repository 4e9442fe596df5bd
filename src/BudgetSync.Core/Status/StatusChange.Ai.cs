using BudgetSync.Core.Ai;
using BudgetSync.Core.Reports;

namespace BudgetSync.Core.Status;

/// <content>What a spoke says of its models, and what people want of them.</content>
public static partial class StatusChange
{
    /// <summary>The longest window, and a day for what is late.</summary>
    private static readonly TimeSpan LongestAiWindow = TimeSpan.FromDays(32);

    /// <summary>The spoke told of its models. What came late, or twice, changes nothing.</summary>
    public static StatusRow Metered(StatusRow? before, string key, AiReport report, DateTimeOffset now)
    {
        var row = before ?? Fresh(key, now);
        var at = report.At < now ? report.At : now; // As of a report: a clock that runs ahead must not outlive later ones.
        if (row.Ai is { } known && at <= known.At) return row;
        // A Meter that was under way when the stack went tells after the last report of what that gave back.
        if (row.LastReport is { StackDeleted: true } removal && at <= removal.At + LongestRun) return row;
        return Written(row, row with
        {
            Ai = report with { At = at },
            AiRequests = Standing(row, now),
            Untold = [.. row.Untold.Concat(AiChangeJson.Of(row, report)).TakeLast(AccountSpend.MostUntold)],
        });
    }

    /// <summary>
    /// What is known of an account's models when its spoke says that it meters none, or goes. An event that somebody made up hides no more than what the next
    /// report of Meter tells again: it is sent at each change and once an hour.
    /// </summary>
    private static AiReport? Unmetered(StatusRow row, Report report, DateTimeOffset at) =>
        report.StackDeleted ? row.Ai?.Ended("the spoke's stack was deleted, and metering with it", at)
        : report.Meters ? row.Ai
        : row.Ai?.Ended("the spoke does not meter models any more", at);

    /// <summary>A person wants something of one budget of models; the row as it is where nothing is known of the budget that it could be wanted of.</summary>
    public static StatusRow AiAsked(StatusRow row, AiRequest request, DateTimeOffset now)
    {
        var line = row.Ai?.Lines.FirstOrDefault(line => line.Subject.Key == request.Subject.Key);
        var fits = request.Kind == AiRequestKind.Approve
            ? line?.State is AiState.Exceeded
            : line?.State is AiState.Grace or AiState.Suspended { ByHand: false };
        return fits
            ? Written(row, AmendedNext(row) with { AiRequests = [.. Standing(row, now).Append(request).TakeLast(AiLimits.Requests)] })
            : row;
    }

    /// <summary>The kill switch as it was read, for a spoke that meters models: they suspend by themselves, and are told by their parameters.</summary>
    /// <param name="armed">False: nothing begins.</param>
    public static StatusRow Switched(StatusRow row, bool armed) =>
        row.AiStopped == (row.Meters && !armed) ? row : Written(row, AmendedNext(row) with { AiStopped = row.Meters && !armed });

    /// <summary>What was tried of a parameter whose rows are wrong says nothing of what is asked from now on.</summary>
    private static StatusRow AmendedNext(StatusRow row) => row.State is AccountState.Rejected ? row with { NextAttemptAt = null } : row;

    private static EquatableArray<AiRequest> Standing(StatusRow row, DateTimeOffset now) =>
        row.AiRequests.Any(request => request.At < now - LongestAiWindow)
            ? [.. row.AiRequests.Where(request => request.At >= now - LongestAiWindow)]
            : row.AiRequests;
}
