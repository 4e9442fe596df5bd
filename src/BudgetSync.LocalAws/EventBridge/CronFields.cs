using System.Globalization;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The six fields of an AWS cron expression: lists, ranges, steps, names of months and days. <c>L</c>, <c>W</c> and <c>#</c> are refused.</summary>
internal sealed class CronFields
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly HashSet<int> minutes, hours, daysOfMonth, months, daysOfWeek, years;

    private CronFields(string[] fields)
    {
        minutes = Read(fields[0], 0, 59, []);
        hours = Read(fields[1], 0, 23, []);
        daysOfMonth = Read(fields[2], 1, 31, []);
        months = Read(fields[3], 1, 12, Months);
        daysOfWeek = Read(fields[4], 1, 7, Days);
        years = Read(fields[5], FirstYear, LastYear, []);
    }

    public static CronFields Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // AWS wants a question mark in exactly one of the two day fields: a day cannot be asked for in both ways.
        if (fields.Length != 6 || (fields[2] == "?") == (fields[4] == "?")) throw Invalid(text);
        return new CronFields(fields);
    }

    /// <summary>The first minute after a time that all fields agree to.</summary>
    public DateTimeOffset? After(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var day = new DateTime(utc.Year, utc.Month, utc.Day, 0, 0, 0, DateTimeKind.Utc);
        for (; day.Year <= LastYear; day = day.AddDays(1))
        {
            if (!years.Contains(day.Year) || !months.Contains(day.Month) || !daysOfMonth.Contains(day.Day) || !daysOfWeek.Contains((int)day.DayOfWeek + 1))
                continue;
            foreach (var hour in hours.Order())
            {
                foreach (var minute in minutes.Order())
                {
                    var candidate = new DateTimeOffset(day.AddHours(hour).AddMinutes(minute));
                    if (candidate > time) return candidate;
                }
            }
        }

        return null;
    }

    private static HashSet<int> Read(string field, int least, int most, string[] names)
    {
        var values = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var whole] => (whole, 0),
                [var whole, var every] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 =>
                    (whole, number),
                _ => throw Invalid(field),
            };
            var (from, to) = range is "*" or "?" ? (least, most) : range.Split('-') switch
            {
                [var one] => (Value(one), step > 0 ? most : Value(one)),
                [var first, var last] => (Value(first), Value(last)),
                _ => throw Invalid(field),
            };
            if (from < least || to > most || from > to) throw Invalid(field);
            for (var value = from; value <= to; value += Math.Max(step, 1)) values.Add(value);
        }

        return values;

        int Value(string text)
        {
            var named = Array.IndexOf(names, text.ToUpperInvariant());
            if (named >= 0) return named + 1;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(field);
        }
    }

    private static AwsException Invalid(string text) =>
        new("ValidationException", $"Parameter ScheduleExpression is not valid: \"{text}\" is no cron expression that LocalAws knows.");
}
