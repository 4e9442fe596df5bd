using System.Globalization;
using System.Text.RegularExpressions;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>When a scheduled rule fires: <c>rate(5 minutes)</c> or <c>cron(0 6 * * ? *)</c>, in UTC.</summary>
internal abstract partial class ScheduleExpression
{
    /// <summary>The first firing after a time; null where there is none any more.</summary>
    public abstract DateTimeOffset? After(DateTimeOffset time);

    /// <exception cref="AwsException">ValidationException.</exception>
    public static ScheduleExpression Parse(string text)
    {
        if (RateForm().Match(text) is { Success: true } rate
            && int.TryParse(rate.Groups["value"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value > 0
            && (value == 1) != rate.Groups["plural"].Success)
            return new Rate(
                value * rate.Groups["unit"].Value switch { "minute" => TimeSpan.FromMinutes(1), "hour" => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(1) });
        if (CronForm().Match(text) is { Success: true } cron) return new Cron(CronFields.Parse(cron.Groups["fields"].Value));
        throw new AwsException(
            "ValidationException",
            $"Parameter ScheduleExpression is not valid: \"{text}\". Write rate(5 minutes), rate(1 hour) or cron(minutes hours day-of-month month "
                + $"day-of-week year).");
    }

    [GeneratedRegex(@"^rate\((?<value>[0-9]+) (?<unit>minute|hour|day)(?<plural>s)?\)$")]
    private static partial Regex RateForm();

    [GeneratedRegex(@"^cron\((?<fields>[^)]+)\)$")]
    private static partial Regex CronForm();

    private sealed class Rate(TimeSpan every) : ScheduleExpression
    {
        public override DateTimeOffset? After(DateTimeOffset time) => time + every;
    }

    private sealed class Cron(CronFields fields) : ScheduleExpression
    {
        public override DateTimeOffset? After(DateTimeOffset time) => fields.After(time);
    }
}
