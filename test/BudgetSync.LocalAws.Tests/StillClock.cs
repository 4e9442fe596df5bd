namespace BudgetSync.LocalAws.Tests;

/// <summary>A clock that stands until a test moves it.</summary>
internal sealed class StillClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 5, 20, 10, 30, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
