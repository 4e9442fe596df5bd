using System.Collections.Concurrent;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>Calls endpoints, no more often than their rate allows and no longer than five seconds.</summary>
internal sealed class EndpointCalls(LocalCloud cloud, ApiDestinationStore store)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> nextFree = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes the next free slot of a destination's rate, and says how long it is until then. Slots are spread evenly: AWS publishes no burst.
    /// </summary>
    public TimeSpan Wait(string destinationArn)
    {
        if (store.Find(destinationArn) is not { } destination) return TimeSpan.Zero;
        var now = cloud.Time.GetUtcNow();
        var slot = now;
        nextFree.AddOrUpdate(destinationArn, _ => now + Spacing(destination), (_, next) => (slot = next > now ? next : now) + Spacing(destination));
        return slot - now;
    }

    /// <exception cref="EndpointFailure">The endpoint did not take it.</exception>
    /// <exception cref="AwsException">ResourceNotFoundException: destination or connection is gone.</exception>
    public async Task SendAsync(string destinationArn, string payload)
    {
        var destination = store.Find(destinationArn) ?? throw Gone($"API destination {destinationArn}");
        var connection = store.ConnectionOf(destination) ?? throw Gone($"Connection {destination.ConnectionArn}");
        if (!connection.IsAuthorized) throw new EndpointFailure("the connection of the API destination is not authorized.", isFinal: false);
        using var request = EndpointRequest.Of(destination, connection, payload);
        using var answer = await AnswerAsync(request);
        if (EndpointAnswer.RefusesAuthorization(answer)) store.Deauthorize(connection);
        if (EndpointAnswer.Of(answer, cloud.Time.GetUtcNow()) is { } failure) throw failure;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        if (cloud.Options.Outside is not { } outside) throw Unreachable();
        using var client = new HttpMessageInvoker(outside, disposeHandler: false);
        using var timeout = new CancellationTokenSource(AwsLimits.EventBridge.EndpointTime, cloud.Time);
        try
        {
            return await client.SendAsync(request, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new EndpointFailure("Timeout calling endpoint for API Destination: socket closed.", isFinal: false);
        }
        catch (HttpRequestException)
        {
            throw Unreachable();
        }
    }

    private static TimeSpan Spacing(ApiDestination destination) => TimeSpan.FromSeconds(1) / destination.PerSecond;

    private static EndpointFailure Unreachable() => new("API destination endpoint cannot be reached.", isFinal: false);

    private static AwsException Gone(string what) => new("ResourceNotFoundException", $"{what} does not exist.");
}
