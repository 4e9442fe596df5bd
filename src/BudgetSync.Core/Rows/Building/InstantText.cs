using System.Globalization;

namespace BudgetSync.Core.Rows.Building;

/// <summary>Instants as people read them: <c>2026-01-31</c>, or <c>2026-01-31T12:00:00Z</c> where it is not midnight.</summary>
internal static class InstantText
{
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(instant.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
