namespace BudgetSync.Aws.Tests.Calls;

/// <summary>What the tests' clock does with deadlines, which it tells from waits by what the runtime hands over: no part of a contract.</summary>
public sealed class ImmediateClockTests
{
    private readonly ImmediateClock clock = new(World.Start);

    [Fact]
    public async Task A_deadline_is_due_when_the_waits_before_it_have_taken_its_time_and_is_no_wait()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);

        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.False(deadline.IsCancellationRequested);
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        Assert.True(deadline.IsCancellationRequested);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], clock.Waits);
    }
}
