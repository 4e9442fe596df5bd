using System.Collections.Concurrent;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>Calls endpoints, no more often than their rate allows and no longer than five seconds.</summary>
internal sealed class EndpointCalls(LocalCloud cloud, ApiDestinationStore store)
{
    private readonly OutsideCalls outside = new(cloud);
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
        if (connection.IsDeauthorized) throw new EndpointFailure("the connection of the API destination is not authorized.", isFinal: false);
        var authorization = await store.Tokens.HeaderAsync(connection);
        using var request = EndpointRequest.Of(destination, connection, authorization, payload);
        using var answer = await outside.AnswerAsync(request);
        if (EndpointAnswer.RefusesAuthorization(answer)) Refused(connection);
        if (EndpointAnswer.Of(answer, cloud.Time.GetUtcNow()) is { } failure) throw failure;
    }

    /// <summary>"OAUTH tokens are refreshed when a 401 or 407 response is returned" (API reference, CreateConnection); any other is given up.</summary>
    private void Refused(Connection connection)
    {
        if (connection.OAuth is null) store.Deauthorize(connection);
        else store.Tokens.Forget(connection);
    }

    private static TimeSpan Spacing(ApiDestination destination) => TimeSpan.FromSeconds(1) / destination.PerSecond;

    private static AwsException Gone(string what) => new("ResourceNotFoundException", $"{what} does not exist.");
}
