using System.Globalization;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Spend;

/// <summary>One period of a budget, in UTC days as AWS counts them: 1 November to 1 December 2026 is November.</summary>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last one, as in every TimePeriod of AWS.</param>
public readonly record struct BudgetPeriod(DateOnly Start, DateOnly End)
{
    /// <summary>How many days it has: T in the formulas. 0 for the default value of the type.</summary>
    public int Days => Math.Max(0, End.DayNumber - Start.DayNumber);

    public DateOnly LastDay => Days == 0 ? Start : End.AddDays(-1);

    /// <summary>The calendar's day, month, quarter or year that the day lies in.</summary>
    public static BudgetPeriod Of(TimeUnit unit, DateOnly day) => unit switch
    {
        TimeUnit.DAILY => new(day, day.AddDays(1)),
        TimeUnit.MONTHLY => OfMonths(new DateOnly(day.Year, day.Month, 1), 1),
        TimeUnit.QUARTERLY => OfMonths(new DateOnly(day.Year, day.Month - ((day.Month - 1) % AwsLimits.QuarterMonths), 1), AwsLimits.QuarterMonths),
        _ => OfMonths(new DateOnly(day.Year, 1, 1), 12),
    };

    /// <summary>The period of the budget that the day lies in: of a CUSTOM one the only one it has, whatever the day.</summary>
    public static BudgetPeriod Of(BudgetSettings settings, DateOnly day) =>
        settings is { TimeUnit: TimeUnit.CUSTOM, PeriodStart: { } start, PeriodEnd: { } end }
            ? new(Day(start), Day(end.AddDays(1).AddTicks(-1)))
            : Of(settings.TimeUnit, day);

    /// <summary>The calendar's unit that it is one of; CUSTOM where it is none.</summary>
    public TimeUnit Unit
    {
        get
        {
            var period = this;
            return Enum.GetValues<TimeUnit>().Where(unit => unit != TimeUnit.CUSTOM).FirstOrDefault(unit => Of(unit, period.Start) == period, TimeUnit.CUSTOM);
        }
    }

    public bool Contains(DateOnly day) => day >= Start && day < End;

    /// <summary>Which day of the period it is, D in the formulas: 1 on the first, 0 before, <see cref="Days"/> on the last and after.</summary>
    public int DayOf(DateOnly day) => Math.Clamp(day.DayNumber - Start.DayNumber + 1, 0, Days);

    /// <summary>For example <c>2026-11-01 to 2026-11-30</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-dd} to {LastDay:yyyy-MM-dd}");

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static BudgetPeriod OfMonths(DateOnly start, int months) => new(start, start.AddMonths(months));
}
