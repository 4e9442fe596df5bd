using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// What Slack's Web API answers to chat.postMessage, with 200 either way (Slack developer docs, chat.postMessage, "Response"; "Using the Slack Web API",
/// Evaluating responses). A success has the whole message in it, so that it is longer than what was sent.
/// </summary>
public static class SlackApi
{
    /// <param name="message">What was sent.</param>
    /// <param name="at">Becomes its <c>ts</c>, seconds with six decimals, as in <c>1503435956.000247</c>.</param>
    public static string Posted(JsonElement message, DateTimeOffset at)
    {
        var ts = (at.ToUnixTimeMilliseconds() / 1_000m).ToString("F6", CultureInfo.InvariantCulture);
        var shown = new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "bot_message",
            ["text"] = message.Text("text"),
            ["ts"] = ts,
            ["username"] = "budgetsync",
            ["bot_id"] = "B19LU7CSY",
        };
        if (message.TryGetProperty("blocks", out var blocks)) shown["blocks"] = JsonNode.Parse(blocks.GetRawText());
        return new JsonObject { ["ok"] = true, ["channel"] = message.Text("channel"), ["ts"] = ts, ["message"] = shown }.ToJsonString();
    }

    /// <param name="error">As in <c>channel_not_found</c>.</param>
    public static string Refused(string error) => new JsonObject { ["ok"] = false, ["error"] = error }.ToJsonString();
}
