namespace BudgetSync.LocalAws.Budgets;

/// <summary>The periods after which a budget begins anew, all in UTC.</summary>
internal static class Period
{
    /// <summary>Where AWS sets a budget's end where the request gives none, and the latest end there is.</summary>
    public static readonly DateTimeOffset LastEnd = DateTimeOffset.FromUnixTimeSeconds(3_706_473_600);

    /// <summary>The beginning of the period that <paramref name="time"/> lies in. CUSTOM has no calendar: its day.</summary>
    public static DateTimeOffset StartOf(string timeUnit, DateTimeOffset time)
    {
        var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return timeUnit switch
        {
            "MONTHLY" => day.AddDays(1 - day.Day),
            "QUARTERLY" => new DateTimeOffset(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1, 0, 0, 0, TimeSpan.Zero),
            "ANNUALLY" => new DateTimeOffset(day.Year, 1, 1, 0, 0, 0, TimeSpan.Zero),
            _ => day,
        };
    }

    /// <summary>Where the period ends that begins at <paramref name="start"/>.</summary>
    public static DateTimeOffset EndOf(string timeUnit, DateTimeOffset start) => timeUnit switch
    {
        "MONTHLY" => start.AddMonths(1),
        "QUARTERLY" => start.AddMonths(3),
        "ANNUALLY" => start.AddYears(1),
        _ => start.AddDays(1),
    };

    /// <summary>The beginning of the period that many before the one that begins at <paramref name="start"/>.</summary>
    public static DateTimeOffset Back(string timeUnit, DateTimeOffset start, int periods) => timeUnit switch
    {
        "MONTHLY" => start.AddMonths(-periods),
        "QUARTERLY" => start.AddMonths(-3 * periods),
        "ANNUALLY" => start.AddYears(-periods),
        _ => start.AddDays(-periods),
    };

    /// <summary>
    /// How many periods the history of a budget holds, the current one included; none of ANNUALLY and CUSTOM (API reference, DescribeBudgetPerformanceHistory).
    /// </summary>
    public static int Kept(string timeUnit) => timeUnit switch
    {
        "DAILY" => 60,
        "MONTHLY" => 13,
        "QUARTERLY" => 4,
        _ => 0,
    };

    /// <summary>The period starts for which a planned budget gives limits: 12 months or 4 quarters, fewer where the budget ends before.</summary>
    public static IReadOnlyList<DateTimeOffset> Planned(string timeUnit, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var (count, months) = timeUnit == "QUARTERLY" ? (4, 3) : (12, 1);
        var first = StartOf(timeUnit, start > now ? start : now);
        return [.. Enumerable.Range(0, count).Select(number => first.AddMonths(number * months)).TakeWhile(period => period < end)];
    }
}
