using System.Globalization;

namespace BudgetSync.Core.Stops;

/// <summary>
/// The tag that a resource has while we stopped it: written before it is stopped, and taken off after it was given back, so that whatever dies in between is
/// seen on the resource itself. Only what has it is ever started again. Who takes it off keeps the resource as it is.
/// </summary>
/// <param name="Restriction">For whose sake.</param>
/// <param name="At">When, whole seconds in UTC.</param>
/// <param name="Before">What it was: <see cref="Running"/>, the sizes of a group, or the size of a service.</param>
public sealed record StopMark(string Restriction, DateTimeOffset At, string Before)
{
    public const string Key = "budgetsync:stopped";

    /// <summary>What an instance, a database, a cluster of databases or a notebook was.</summary>
    public const string Running = "running";

    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The sizes of a group, where it is one.</summary>
    public GroupSizes? Sizes => GroupSizes.TryParse(Before);

    /// <summary>How many tasks it had, where it is a service.</summary>
    public TaskCount? Tasks => TaskCount.TryParse(Before);

    /// <summary>For example <c>r-0123456789ab 2026-11-29T07:00:00Z was running</c>: letters that every service's tags may hold.</summary>
    public string Text => $"{Restriction} {At.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture)} was {Before}";

    /// <summary>Null where a person wrote something else there, which is no mark of ours: such a resource is left as it is.</summary>
    public static StopMark? TryParse(string text)
    {
        if (text.Split(' ', 4) is not [var id, var at, "was", var before] || !Restrictions.Restriction.IsId(id)) return null;
        if (before != Running && GroupSizes.TryParse(before) is null && TaskCount.TryParse(before) is null) return null;
        return DateTimeOffset.TryParseExact(at, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new StopMark(id, time, before)
            : null;
    }
}
