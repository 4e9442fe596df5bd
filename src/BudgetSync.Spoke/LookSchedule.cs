using System.Globalization;
using BudgetSync.Core;

namespace BudgetSync.Spoke;

/// <summary>
/// When an account looks at its budgets: as often as the setting says, at a minute and from an hour on that follow from its id, so that the looks of an
/// organization are spread over the whole period.
/// </summary>
internal static class LookSchedule
{
    private const int DefaultHours = 4;
    private const int HoursOfDay = 24;
    private const int MinutesOfHour = 60;

    /// <summary>For example <c>cron(17 2,6,10,14,18,22 * * ? *)</c>: six fields, in UTC (EventBridge user guide, "Cron expressions").</summary>
    /// <param name="every">Hours from 1 to 24; anything else is the default.</param>
    public static string Of(AccountId account, string? every)
    {
        var hours = int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= HoursOfDay
            ? given
            : DefaultHours;
        // A day has whole periods only where they divide it; where not, they are a little shorter, never longer.
        var looks = (HoursOfDay + hours - 1) / hours;
        var place = Hash(account.Value) % (uint)(hours * MinutesOfHour);
        var (first, minute) = ((int)place / MinutesOfHour, (int)place % MinutesOfHour);
        var times = Enumerable.Range(0, looks).Select(look => (first + (look * HoursOfDay / looks)) % HoursOfDay).Order();
        return string.Create(CultureInfo.InvariantCulture, $"cron({minute} {string.Join(',', times)} * * ? *)");
    }

    /// <summary>FNV-1a: ids that differ in the last digit lie far apart, and the answer is the same in every process.</summary>
    private static uint Hash(string text) => text.Aggregate(2_166_136_261u, (hash, letter) => unchecked((hash ^ letter) * 16_777_619u));
}
