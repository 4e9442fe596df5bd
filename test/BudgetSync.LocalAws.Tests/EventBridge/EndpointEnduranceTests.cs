using System.Net;
using System.Net.Http.Headers;

namespace BudgetSync.LocalAws.Tests.EventBridge;

/// <summary>
/// How long a provider that takes nothing is called: 185 times again or 24 hours, whichever is over first (EventBridge user guide, "How EventBridge retries
/// delivering events": by default 24 hours and up to 185 times).
/// </summary>
public sealed class EndpointEnduranceTests : IAsyncDisposable
{
    private readonly EndpointWorld world = new();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_provider_that_is_away_is_called_185_times_again_and_then_the_event_is_a_dead_letter()
    {
        world.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        await world.ConnectAsync();

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(186, world.Hits.Count);
        Assert.InRange(world.Hits[^1].At - world.Hits[0].At, TimeSpan.FromHours(12), TimeSpan.FromHours(24));
        Assert.Equal(("185", "MaximumRetryAttempts"), (world.DeadAttribute("RETRY_ATTEMPTS"), world.DeadAttribute("EXHAUSTED_RETRY_CONDITION")));
        Assert.Single(world.World.Cloud.Sqs.Messages(world.Dead));
    }

    [Fact]
    public async Task One_that_asks_for_an_hour_each_time_is_called_for_24_hours()
    {
        world.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromHours(1)) },
        };
        await world.ConnectAsync();

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(25, world.Hits.Count);
        Assert.Equal(TimeSpan.FromHours(24), world.Hits[^1].At - world.Hits[0].At);
        Assert.Equal(("24", "MaximumEventAgeInSeconds"), (world.DeadAttribute("RETRY_ATTEMPTS"), world.DeadAttribute("EXHAUSTED_RETRY_CONDITION")));
    }

    /// <summary>The last hour of the day is not lost.</summary>
    [Fact]
    public async Task A_provider_that_is_back_after_half_a_day_gets_the_message()
    {
        world.Answer = number => new HttpResponseMessage(number < 150 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        await world.ConnectAsync();

        await world.PutAsync();
        await world.World.SettleAsync();

        Assert.Equal(150, world.Hits.Count);
        Assert.Empty(world.World.Cloud.Sqs.Messages(world.Dead));
    }
}
