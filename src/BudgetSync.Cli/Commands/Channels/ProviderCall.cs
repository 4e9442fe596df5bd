using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;

namespace BudgetSync.Cli.Commands.Channels;

/// <summary>A provider's request as EventBridge makes it of a channel's connection (cdk, ApiChannel): which part of the secret goes where.</summary>
internal static class ProviderCall
{
    /// <param name="secret">The secret's JSON.</param>
    /// <param name="body">The message in the provider's shape.</param>
    /// <param name="problem">Why there is none.</param>
    public static HttpRequestMessage? Of(DeployedChannel channel, string secret, string body, out string problem)
    {
        if (Values(channel, secret, out problem) is not { } values) return null;
        var address = channel.Endpoint ?? (Uri.TryCreate(Value("url"), UriKind.Absolute, out var url) ? url : null);
        if (address is null)
        {
            problem = $"the url in the secret {channel.Secret} is none";
            return null;
        }

        if (channel.Channel.Kind == ChannelKind.Teams)
            address = new UriBuilder(address) { Query = $"{address.Query.TrimStart('?')}&sig={Uri.EscapeDataString(Value("sig"))}".TrimStart('&') }.Uri;
        if (channel.Channel.Kind == ChannelKind.PagerDuty) body = With(body, "routing_key", Value("routingKey"));
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue(AlertFormat.MediaTypeOf(channel.Channel.Kind), "utf-8")),
        };
        if (Authorization() is { } header) request.Headers.TryAddWithoutValidation("Authorization", header);
        return request;

        string Value(string key) => (string?)values[key] ?? "";

        string? Authorization() => channel.Channel.Kind switch
        {
            ChannelKind.Slack => $"Bearer {Value("token")}",
            ChannelKind.Webhook => Value("authorization"),
            ChannelKind.ServiceNow when channel.TokenEndpoint is not null => $"Bearer {Value(TokenCall.Token)}",
            ChannelKind.ServiceNow or ChannelKind.Jira => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Value("username")}:{Value("password")}"))}",
            _ => null,
        };
    }

    /// <summary>The secret's members; null, and why, where it is no object or lacks one.</summary>
    public static JsonObject? Values(DeployedChannel channel, string secret, out string problem)
    {
        problem = "";
        if (Read(secret) is not { } values)
        {
            problem = $"the secret {channel.Secret} is no JSON object";
            return null;
        }

        var missing = ChannelSecret.KeysOf(channel.Channel.Kind).Where(key => (values[key] as JsonValue)?.TryGetValue<string>(out _) != true).ToList();
        if (missing.Count == 0) return values;
        problem = $"the secret {channel.Secret} has no {string.Join(" and no ", missing)}; write it there, then name the new version in secretVersion";
        return null;
    }

    /// <summary>A text of others without anything of the secret, in one line that a screen has room for.</summary>
    public static string Shown(string text, string secret)
    {
        const int most = 200;
        text = new SecretMask(Read(secret)).Hide(text);
        var line = string.Join(
            ' ',
            text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Select(word => new string([.. word.Where(letter => !char.IsControl(letter))])));
        return line.Length <= most ? line : line[..most] + "…";
    }

    private static string With(string body, string key, string value)
    {
        var json = JsonNode.Parse(body)!.AsObject();
        json[key] = value;
        return json.ToJsonString();
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
