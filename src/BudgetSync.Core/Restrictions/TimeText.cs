using System.Globalization;

namespace BudgetSync.Core.Restrictions;

/// <summary>A moment for people: <c>2026-11-29 15:10 UTC</c>.</summary>
internal static class TimeText
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
