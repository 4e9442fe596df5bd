namespace BudgetSync.Core.Rows.Building;

/// <summary>Instants as people read them: <c>2026-01-31</c>, or <c>2026-01-31T12:00:00Z</c> where it is not midnight.</summary>
internal static class InstantText
{
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.TimeOfDay == TimeSpan.Zero ? DayText.Format(DateOnly.FromDateTime(instant.UtcDateTime)) : UtcText.Seconds(instant);
}
