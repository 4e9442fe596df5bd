using System.Globalization;

namespace BudgetSync.Cli.Commands.Status;

/// <summary>Times as people say them.</summary>
internal static class Age
{
    /// <summary>For example <c>12 s</c>, <c>5 min</c>, <c>3 h 12 min</c>, <c>4 d 2 h</c>.</summary>
    public static string Of(TimeSpan age) => age switch
    {
        { TotalMilliseconds: < 1000 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalMilliseconds):0} ms"),
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalSeconds):0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalMinutes):0} min"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{age.Hours} h {age.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{age.Days} d {age.Hours} h"),
    };

    /// <summary>For example <c>2026-03-01 12:00:05Z</c>.</summary>
    public static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
