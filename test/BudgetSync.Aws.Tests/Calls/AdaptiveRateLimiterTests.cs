using BudgetSync.Aws.Calls;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.Aws.Tests.Calls;

public sealed class AdaptiveRateLimiterTests
{
    private static readonly AdaptiveRate Fast = new(60, World.Start, DateTimeOffset.MinValue);

    [Fact]
    public void A_refusal_halves_the_pace_and_every_second_brings_some_of_it_back()
    {
        var slowed = Fast.Throttled(World.Start, 60);

        Assert.Equal([30, 40, 60], new[] { 0, 1, 3600 }.Select(seconds => slowed.At(World.Start.AddSeconds(seconds), 60)));
    }

    [Fact]
    public void The_refusals_of_one_moment_count_once()
    {
        var once = Fast.Throttled(World.Start, 60);

        Assert.Equal(once, once.Throttled(World.Start.AddMilliseconds(499), 60));
        Assert.NotEqual(once, once.Throttled(World.Start.AddMilliseconds(500), 60));
    }

    [Fact]
    public void However_often_it_is_refused_it_goes_on()
    {
        var rate = Enumerable.Range(0, 100).Aggregate(Fast, (rate, moment) => rate.Throttled(World.Start.AddMilliseconds(500 * moment), 60));

        Assert.InRange(rate.PerSecond, Limits.SlowestRate, 10);
    }

    [Fact]
    public void Turns_that_wait_already_are_given_at_the_new_pace()
    {
        var clock = new VirtualClock(World.Start);
        var pacing = new AdaptiveRateLimiter(10, 1, clock);
        var turns = Enumerable.Range(0, 10).Select(_ => pacing.TurnAsync(CancellationToken.None)).ToList();
        pacing.Throttled();

        clock.AdvanceTo(World.Start.AddMilliseconds(450));

        // At 0 and 100 ms as they had been promised; the third keeps the promised distance to the second (200 ms), the fourth comes at 367. At the old rate
        // there would be five.
        Assert.Equal(4, turns.Count(turn => turn.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task A_turn_that_is_given_up_does_not_hold_up_the_next()
    {
        var clock = new VirtualClock(World.Start);
        var pacing = new AdaptiveRateLimiter(10, 1, clock);
        using var impatient = new CancellationTokenSource();
        await pacing.TurnAsync(CancellationToken.None);
        var given = pacing.TurnAsync(impatient.Token);
        var next = pacing.TurnAsync(CancellationToken.None);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        clock.AdvanceTo(World.Start.AddSeconds(1));

        await next.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
