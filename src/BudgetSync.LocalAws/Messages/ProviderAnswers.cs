using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// What a provider answers: as it does where all is well, and where it refuses a body or finds no login. Whether a login is the right one is not known here.
/// Sources: Slack API, chat.postMessage and "Sending messages using incoming webhooks"; PagerDuty, "Send an Alert Event"; ServiceNow, "Table API"; Jira Cloud,
/// "Create issue"; <see cref="ProviderRules"/> for what is refused.
/// </summary>
internal static class ProviderAnswers
{
    /// <returns>And why it was refused; null where it was taken.</returns>
    public static (HttpStatusCode Status, string Answer, string? Refused) Of(
        Uri address, bool hasLogin, string? mediaType, string body, DateTimeOffset now)
    {
        var provider = ProviderBody.ProviderOf(address.Host);
        if (address.Host == ProviderBody.SlackHooks && NoWebhook(address.AbsolutePath) is { } gone) return gone;
        if (!HasLogin(provider, address, hasLogin, body)) return NoLogin(provider);
        var problems = Problems(provider, address.Host, mediaType, body);
        return problems.Count == 0 ? Taken(provider, address.Host, body, now) : Refusal(provider, address.Host, string.Join("; ", problems));
    }

    /// <summary>
    /// The path of an incoming webhook, <c>/services/T…/B…/</c> and 24 letters and digits: no other is one, which is answered before the body is looked at
    /// (Slack developer docs, "Sending messages using incoming webhooks", Handling errors: <c>no_service</c>, <c>invalid_token</c>). They come with 404 and
    /// 403.
    /// </summary>
    private static (HttpStatusCode, string, string?)? NoWebhook(string path) =>
        path.Split('/') is not ["", "services", ['T', _, ..] team, ['B', _, ..] hook, var token] || !IsId(team) || !IsId(hook)
            ? (HttpStatusCode.NotFound, "no_service", "no_service")
            : token.Length == TokenLength && token.All(char.IsAsciiLetterOrDigit)
                ? null
                : (HttpStatusCode.Forbidden, "invalid_token", "invalid_token");

    private const int TokenLength = 24;

    private static bool IsId(string text) => text.All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter));

    /// <summary>Why Amazon Q Developer drops what came by a topic; null where it shows it.</summary>
    public static string? OfChat(string body) => Problems("Amazon Q", "", null, body) is { Count: > 0 } problems ? string.Join("; ", problems) : null;

    private static bool HasLogin(string provider, Uri address, bool hasLogin, string body) => provider switch
    {
        "Slack" => hasLogin || address.Host != ProviderBody.SlackApi,
        "Teams" => address.Query.Contains("sig=", StringComparison.Ordinal),
        "PagerDuty" => body.Contains("\"routing_key\"", StringComparison.Ordinal),
        _ => hasLogin,
    };

    private static (HttpStatusCode, string, string?) NoLogin(string provider) => provider switch
    {
        "Slack" => Refusal(provider, ProviderBody.SlackApi, "not_authed"),
        "PagerDuty" => Refusal(provider, "", "'routing_key' is missing or blank"),
        _ => (HttpStatusCode.Unauthorized, "", "no login"),
    };

    private static (HttpStatusCode, string, string?) Taken(string provider, string host, string body, DateTimeOffset now) => provider switch
    {
        "Slack" when host == ProviderBody.SlackApi => (HttpStatusCode.OK, SlackApi.Posted(JsonSerializer.Deserialize<JsonElement>(body), now), null),
        "Slack" => (HttpStatusCode.OK, "ok", null),
        "PagerDuty" => (HttpStatusCode.Accepted, """{"status":"success","message":"Event processed"}""", null),
        "Teams" => (HttpStatusCode.Accepted, "", null),
        "ServiceNow" or "Jira" => (HttpStatusCode.Created, "{}", null),
        _ => (HttpStatusCode.OK, "", null),
    };

    private static (HttpStatusCode, string, string?) Refusal(string provider, string host, string why) => provider switch
    {
        "Slack" when host == ProviderBody.SlackApi => (HttpStatusCode.OK, SlackApi.Refused(why), why),
        "PagerDuty" => (HttpStatusCode.BadRequest, new JsonObject { ["status"] = "invalid event", ["errors"] = new JsonArray(why) }.ToJsonString(), why),
        "Jira" => (HttpStatusCode.BadRequest, new JsonObject { ["errorMessages"] = new JsonArray(why) }.ToJsonString(), why),
        "ServiceNow" => (HttpStatusCode.BadRequest, new JsonObject { ["error"] = new JsonObject { ["message"] = why } }.ToJsonString(), why),
        _ => (HttpStatusCode.BadRequest, why, why),
    };

    /// <summary>What lacks a member that it must have, or has one of another kind, is refused too.</summary>
    private static List<string> Problems(string provider, string host, string? mediaType, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var json = document.RootElement;
            return provider switch
            {
                "Slack" => [.. ProviderRules.Slack(json, webhook: host != ProviderBody.SlackApi)],
                "Teams" => [.. ProviderRules.Teams(json)],
                "PagerDuty" => [.. ProviderRules.PagerDuty(json)],
                "ServiceNow" => [.. ProviderRules.ServiceNow(json)],
                "Jira" => [.. ProviderRules.Jira(json)],
                "Amazon Q" => [.. ProviderRules.Chat(json)],
                _ => json.Text("specversion") is null ? [] : [.. ProviderRules.CloudEventMode(mediaType), .. ProviderRules.CloudEvent(json)],
            };
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return [$"invalid_payload: {wrong.Message}"];
        }
    }
}
