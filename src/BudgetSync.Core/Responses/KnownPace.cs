using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Responses;

/// <summary>
/// How fast money goes, as far as it is known. It follows from days that events told, and whoever may put events on the account's bus can make up days on which
/// little was spent. So events raise it only; what the spoke answered a day apart says what was spent in between, and that alone lowers it.
/// </summary>
internal static class KnownPace
{
    /// <summary>AWS computes what was spent every 8 to 12 hours: what lies between two answers is known of a day, and of nothing shorter.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    /// <summary>True where another answer of the spoke would say nothing of the pace yet.</summary>
    public static bool IsTooEarly(KnownSpend? known, DateTimeOffset now) => known?.AnsweredAt is { } at && now - at < Apart;

    /// <param name="known">With the amounts that count from now on.</param>
    /// <param name="earlier">Of the same period; null where nothing was known of it.</param>
    /// <param name="told">By days that events told.</param>
    /// <param name="isAnswer">Whether the amounts are the spoke's own answer.</param>
    public static KnownSpend Of(KnownSpend known, KnownSpend? earlier, decimal? told, bool isAnswer, DateTimeOffset now)
    {
        var after = known with
        {
            BurnPerDay = earlier?.BurnPerDay is { } one && told is { } other ? Math.Max(one, other) : earlier?.BurnPerDay ?? told,
            AnsweredAt = earlier?.AnsweredAt,
            AnsweredActual = earlier?.AnsweredActual,
            IsPaceAnswered = earlier?.IsPaceAnswered ?? false,
        };
        if (!isAnswer || IsTooEarly(earlier, now)) return after;
        var anchored = after with { AnsweredAt = now, AnsweredActual = known.Actual };
        if (earlier is not { AnsweredAt: { } at, AnsweredActual: { } before }) return anchored;
        return anchored with { BurnPerDay = Math.Max(0, known.Actual - before) / (decimal)(now - at).TotalDays, IsPaceAnswered = true };
    }
}
