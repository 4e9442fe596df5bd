using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge.ApiDestinations;

/// <summary>
/// The tokens of connections with OAUTH_CLIENT_CREDENTIALS (EventBridge user guide, "Authorization methods for connections in EventBridge"): got when the
/// connection is made or changed, got anew before they end and after an endpoint has answered 401 or 407. A connection that gets none is de-authorized.
/// </summary>
internal sealed class OAuthTokens(LocalCloud cloud, ApiDestinationStore store)
{
    /// <summary>"If the token is about to expire": AWS gives no number.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly OutsideCalls outside = new(cloud);
    private readonly ConcurrentDictionary<string, Token> known = new(StringComparer.Ordinal);

    /// <summary>Has a connection get its first token; one without OAuth needs none.</summary>
    public void Begin(Connection connection)
    {
        if (connection.OAuth is null) return;
        cloud.Work.Post($"authorize {connection.Arn}", async () =>
        {
            try
            {
                await HeaderAsync(connection);
            }
            catch (EndpointFailure)
            {
                // The connection says DEAUTHORIZED, as at AWS.
            }
        });
    }

    /// <summary>The header that authorizes a request (RFC 6750, 2.1), with the token that is known or a new one.</summary>
    /// <exception cref="EndpointFailure">The authorization endpoint gave none.</exception>
    public async Task<HttpParameter> HeaderAsync(Connection connection)
    {
        if (connection.OAuth is not { } client) return connection.Authorization;
        var now = cloud.Time.GetUtcNow();
        // A token of before the connection was changed is another client's.
        if (known.GetValueOrDefault(connection.Arn) is { } token && ReferenceEquals(token.Client, client) && !(token.Until - Early <= now))
            return Bearer(token);
        try
        {
            var got = known[connection.Arn] = await AskAsync(client, now);
            store.Authorize(connection);
            return Bearer(got);
        }
        catch (EndpointFailure)
        {
            // "EventBridge cannot refresh the necessary OAuth token" (user guide, "De-authorizing connections in EventBridge").
            store.Deauthorize(connection);
            throw;
        }
    }

    /// <summary>Of a token that an endpoint has refused: the next try gets another.</summary>
    public void Forget(Connection connection) => known.TryRemove(connection.Arn, out _);

    private async Task<Token> AskAsync(OAuthClient client, DateTimeOffset now)
    {
        using var request = client.Request();
        using var answer = await outside.AnswerAsync(request);
        if (answer.IsSuccessStatusCode && Read(await answer.Content.ReadAsStringAsync()) is { } json && Text(json["access_token"]) is { Length: > 0 } value)
            return new Token(client, value, Seconds(json["expires_in"]) is { } seconds ? now + TimeSpan.FromSeconds(seconds) : null);
        throw new EndpointFailure(
            string.Create(CultureInfo.InvariantCulture, $"the authorization endpoint gave no token (HTTP status {(int)answer.StatusCode})."),
            isFinal: false);
    }

    private static HttpParameter Bearer(Token token) => new("Authorization", $"Bearer {token.Value}", true);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A number (RFC 6749, 5.1), which some write as text.</summary>
    private static long? Seconds(JsonNode? node) =>
        long.TryParse(node?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= int.MaxValue ? seconds : null;

    private static JsonObject? Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Until">Null where the endpoint did not say how long it is good for.</param>
    private sealed record Token(OAuthClient Client, string Value, DateTimeOffset? Until);
}
