using BudgetSync.Aws.Calls;

namespace BudgetSync.Aws.Tests.Calls;

public sealed class TokenBucketTests
{
    [Fact]
    public void A_burst_goes_at_once_and_what_follows_keeps_the_rate()
    {
        var bucket = default(TokenBucket);
        var waits = new List<TimeSpan>();
        for (var call = 0; call < 8; call++)
        {
            (bucket, var wait) = bucket.Take(World.Start, perSecond: 4, burst: 5);
            waits.Add(wait);
        }

        Assert.Equal([0, 0, 0, 0, 0, 0.25, 0.5, 0.75], waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void A_pause_fills_the_bucket_up_to_the_burst_and_not_beyond()
    {
        var (bucket, _) = default(TokenBucket).Take(World.Start, 4, 2);
        var later = World.Start.AddHours(1);
        (bucket, var first) = bucket.Take(later, 4, 2);
        (bucket, var second) = bucket.Take(later, 4, 2);
        (_, var third) = bucket.Take(later, 4, 2);

        Assert.Equal([0, 0, 0.25], new[] { first, second, third }.Select(wait => wait.TotalSeconds));
    }
}
