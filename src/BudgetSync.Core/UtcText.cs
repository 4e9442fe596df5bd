using System.Globalization;

namespace BudgetSync.Core;

/// <summary>Instants in UTC, as they are written wherever nothing else prescribes a form; the first two sort as the instants do (ISO 8601).</summary>
public static class UtcText
{
    /// <summary>For tables and events: <c>2026-01-31T12:00:00Z</c>.</summary>
    public static string Seconds(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Where one second is not one moment: <c>2026-01-31T12:00:00.000Z</c>.</summary>
    public static string Milliseconds(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>In a sentence: <c>2026-01-31 12:00 UTC</c>.</summary>
    public static string Minutes(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
