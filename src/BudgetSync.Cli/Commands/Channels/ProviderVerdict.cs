using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>What a provider's answer to a message means.</summary>
/// <param name="IsTaken">The provider took the message, or SNS for a topic that somebody hears; no more than that is proved.</param>
/// <param name="Why">In a sentence: what it said, and what to do where it refused.</param>
internal sealed record ProviderVerdict(bool IsTaken, string Why)
{
    /// <param name="body">As it came: what is cut is no JSON any more.</param>
    /// <param name="shown">A text of the provider without anything secret, as long as a screen has room for.</param>
    /// <param name="byToken">It was sent with a token that the secret got.</param>
    public static ProviderVerdict Of(ChannelKind kind, int status, string body, Func<string, string> shown, bool byToken)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"HTTP {status}") + (shown(body) is { Length: > 0 } text ? $": {text}" : "");
        if (status is < 200 or > 299) return new ProviderVerdict(false, $"{Ended(said)} {Advice(status, byToken)}");
        // Slack answers errors of its Web API with 200 (Slack developer docs, "Using the Slack Web API", Evaluating responses).
        if (kind != ChannelKind.Slack || SlackError(body) is not { } error) return new ProviderVerdict(true, said);
        var why = $"Slack answered 200 with the error {shown(error)}, which EventBridge takes for success.";
        return new ProviderVerdict(false, $"{why} {SlackAdvice(error)}");
    }

    /// <summary>What EventBridge would do otherwise, which fails it.</summary>
    public ProviderVerdict But(string why) => new(false, $"{Ended(Why)} But {why}");

    public ProviderVerdict With(string more) => this with { Why = $"{Ended(Why)} {more}" };

    /// <summary>With one full stop at its end, and none behind what was cut.</summary>
    public static string Ended(string sentence) => sentence.EndsWith('…') ? sentence : sentence.TrimEnd('.') + ".";

    private static string Advice(int status, bool byToken) => status switch
    {
        401 or 407 when byToken =>
            "The token is not accepted; EventBridge gets another one and tries again for a day. Give the client a user that may write there.",
        401 or 407 => "The secret is not accepted; EventBridge calls this channel no more until its connection has a new one (secretVersion, then deploy).",
        403 => "The secret is known and may not do this; give its user or token the right to.",
        404 or 410 => "The address is gone or wrong; put the channel's endpoint right and deploy.",
        429 => "It takes no more for now; EventBridge would try again later.",
        >= 500 => "The provider is in trouble; EventBridge would try again for a day.",
        _ => "The provider does not take this message; EventBridge would not try again.",
    };

    private static string SlackAdvice(string error) => error switch
    {
        "channel_not_found" or "not_in_channel" or "is_archived" => "Write the id of a conversation that the bot is a member of.",
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" =>
            "Put a valid token of a bot into the secret, name its version in secretVersion and deploy.",
        "missing_scope" => "Give the bot the scope chat:write and install it anew.",
        _ => "Slack's page of chat.postMessage says what it means.",
    };

    /// <summary>Null where Slack took it.</summary>
    private static string? SlackError(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject answer && (bool?)answer["ok"] == true ? null : (string?)JsonNode.Parse(body)?["error"] ?? "unknown";
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            // ArgumentException: a member stands there twice.
            return "unknown";
        }
    }
}
