using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>How a token is got for a channel with OAuth, as EventBridge gets it of the channel's connection (cdk, ApiChannel; RFC 6749, 4.4).</summary>
internal static class TokenCall
{
    /// <summary>The member of a secret's text under which its token is known here, and hidden as the others are.</summary>
    public const string Token = "access_token";

    /// <param name="channel">With a token endpoint.</param>
    /// <param name="secret">The secret's JSON.</param>
    /// <param name="problem">Why there is none.</param>
    public static HttpRequestMessage? Of(DeployedChannel channel, string secret, out string problem) =>
        ProviderCall.Values(channel, secret, out problem) is not { } values
            ? null
            : new HttpRequestMessage(HttpMethod.Post, channel.TokenEndpoint)
            {
                Content = new FormUrlEncodedContent(
                [
                    new("client_id", (string?)values["username"]),
                    new("client_secret", (string?)values["password"]),
                    new("grant_type", "client_credentials"),
                ]),
            };

    /// <summary>The secret's JSON with the token of an answer in it; null where the answer has none.</summary>
    public static string? Read(string secret, int status, string said)
    {
        try
        {
            if (status is < 200 or > 299 || JsonNode.Parse(said)?[Token] is not JsonValue value) return null;
            if (!value.TryGetValue<string>(out var token) || token.Length == 0 || JsonNode.Parse(secret) is not JsonObject known) return null;
            known[Token] = token;
            return known.ToJsonString();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            // ArgumentException: a member stands there twice.
            return null;
        }
    }

    /// <summary>
    /// Why an answer is none with a token, and what to do. One that says that all is well may have a token where none is looked for: nothing of it is shown.
    /// </summary>
    public static string Problem(string secret, int status, string said) => status is >= 200 and <= 299
        ? string.Create(CultureInfo.InvariantCulture, $"the authorization endpoint gave no token: it answered HTTP {status} with {said.Length:#,0} ")
            + "characters that are no JSON object with the text access_token in it (RFC 6749, 5.1); they are not shown, since a token may be among them. "
            + "Write the address that gives tokens into tokenEndpoint and deploy"
        : ProviderVerdict.Ended($"the authorization endpoint gave no token (HTTP {status}): {ProviderCall.Shown(TokenMask.Hide(said), secret)}")
            + " Put the id and the secret of a client that may have the grant client_credentials into the secret, name its version in secretVersion and deploy";
}
