using BudgetSync.Aws.Calls;
using Microsoft.Extensions.Time.Testing;

namespace BudgetSync.Aws.Tests.Calls;

public sealed class PauseTests
{
    // Found by the simulation: the same seed gave two logs where one of several calls side by side failed while another waited for its next try.
    [Fact]
    public async Task A_wait_that_is_cancelled_ends_on_the_thread_that_cancels_it()
    {
        // Where no test runner has a context of its own, to which a wait would return.
        var (cancelled, ended, wait) = await Task.Run(() =>
        {
            using var stop = new CancellationTokenSource();
            var on = 0;
            var pause = EndedOn(Pause.ForAsync(TimeSpan.FromMinutes(1), new FakeTimeProvider(), stop.Token), thread => on = thread);
            stop.Cancel();
            return (Environment.CurrentManagedThreadId, on, pause);
        });

        Assert.Equal(cancelled, ended);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_wait_is_over_when_the_clock_says_so()
    {
        var clock = new FakeTimeProvider();
        var wait = Pause.ForAsync(TimeSpan.FromSeconds(2), clock, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await wait;
    }

    private static async Task EndedOn(Task wait, Action<int> tell)
    {
        try
        {
            await wait.ConfigureAwait(false);
        }
        finally
        {
            tell(Environment.CurrentManagedThreadId);
        }
    }
}
