namespace BudgetSync.Core.Ai;

/// <summary>
/// For how long a budget of models is. Every window begins where UTC's calendar or the count of hours since 1970 says, so that all who ask at one moment,
/// in any Region, mean the same one and nothing about it has to be kept.
/// </summary>
public sealed record AiWindow
{
    private readonly Func<DateTimeOffset, AiPeriod> of;

    private AiWindow(string text, TimeSpan longest, Func<DateTimeOffset, AiPeriod> of) => (Text, Longest, this.of) = (text, longest, of);

    public static AiWindow Monthly { get; } = new("MONTHLY", TimeSpan.FromDays(31), at =>
    {
        var first = new DateTimeOffset(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new(first, first.AddMonths(1));
    });

    /// <summary>From Monday on (ISO 8601).</summary>
    public static AiWindow Weekly { get; } = new("WEEKLY", TimeSpan.FromDays(7), at =>
    {
        var monday = Midnight(at).AddDays(-(((int)at.DayOfWeek + 6) % 7));
        return new(monday, monday.AddDays(7));
    });

    public static AiWindow Daily { get; } = new("DAILY", TimeSpan.FromDays(1), at => new(Midnight(at), Midnight(at).AddDays(1)));

    public static AiWindow FiveHours { get; } = new("5h", TimeSpan.FromHours(5), at => Counted(at, TimeSpan.FromHours(5)));

    public static AiWindow ThirtyDays { get; } = new("30d", TimeSpan.FromDays(30), at => Counted(at, TimeSpan.FromDays(30)));

    public static IReadOnlyList<AiWindow> All { get; } = [Monthly, Weekly, Daily, FiveHours, ThirtyDays];

    /// <summary>As a row writes it.</summary>
    public string Text { get; }

    /// <summary>As long as one of them ever is.</summary>
    public TimeSpan Longest { get; }

    /// <summary>Null where a row writes no such window.</summary>
    public static AiWindow? Parse(string text) => All.FirstOrDefault(window => window.Text == text);

    /// <summary>The one that holds an instant.</summary>
    public AiPeriod Of(DateTimeOffset at) => of(at.ToUniversalTime());

    public bool Equals(AiWindow? other) => Text == other?.Text;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    public override string ToString() => Text;

    private static DateTimeOffset Midnight(DateTimeOffset at) => new(at.Year, at.Month, at.Day, 0, 0, 0, TimeSpan.Zero);

    private static AiPeriod Counted(DateTimeOffset at, TimeSpan length)
    {
        var since = (at - DateTimeOffset.UnixEpoch).Ticks;
        var into = ((since % length.Ticks) + length.Ticks) % length.Ticks;
        var start = at.AddTicks(-into);
        return new(start, start + length);
    }
}
