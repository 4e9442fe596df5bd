using System.Text.Json.Nodes;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core;

namespace BudgetSync.Cli.Commands.Alerts;

/// <summary>What <c>alerts --json</c> prints: a contract for scripts.</summary>
internal static class AlertsJson
{
    public static string Of(AlertsLook look) => new JsonObject
    {
        ["open"] = new JsonArray([.. look.Open.SelectMany(one => one.Open.Select(alert => new JsonObject
        {
            ["accountId"] = one.Account,
            ["budgetName"] = alert.Budget,
            ["kind"] = alert.Kind.ToString(),
            ["period"] = alert.Period,
            ["severity"] = alert.Severity.ToString(),
            ["level"] = alert.Levels.LastOrDefault(""),
            ["toldAt"] = UtcText.Seconds(alert.ToldAt),
            ["channels"] = new JsonArray([.. alert.Channels.Select(channel => JsonValue.Create(channel))]),
            ["counted"] = new JsonArray([.. alert.Counted.Select(channel => JsonValue.Create(channel))]),
            ["undelivered"] = new JsonArray([.. alert.Channels.Where(name => look.IsLost(one.Account, alert, name)).Select(name => JsonValue.Create(name))]),
        }))]),
        ["pending"] = look.Open.Sum(one => one.Pending.Length),
        ["failing"] = new JsonArray([.. look.Open.SelectMany(one => one.Pending.Where(AlertsView.IsFailing).Select(message => new JsonObject
        {
            ["accountId"] = one.Account,
            ["channel"] = message.Channel,
            ["failed"] = message.Failed,
            ["why"] = message.Why,
        }))]),
        ["told"] = new JsonArray([.. look.Told.Select(message => new JsonObject
        {
            ["at"] = UtcText.Seconds(message.At),
            ["channel"] = message.Channel,
            ["counted"] = message.Counted,
            ["messageId"] = message.MessageId,
            ["undelivered"] = look.WhyUndelivered(message),
            ["state"] = ToldFate.Of(message, look).State,
            ["phase"] = message.Alert.Phase.ToString(),
            ["snoozedUntil"] = message.Alert.SnoozedUntil is { } until ? DayText.Format(until) : null,
            ["dedupKey"] = message.Alert.DedupKey,
            ["level"] = message.Alert.Level,
            ["text"] = message.Alert.Text,
        })]),
        ["undelivered"] = new JsonArray([.. look.Lost.Select(message => new JsonObject
        {
            ["accountId"] = AccountId.TryParse(message.Account, out _) ? message.Account : null,
            ["dedupKey"] = message.Key.Length > 0 ? message.Key : null,
            ["channel"] = message.Channel,
            ["why"] = message.Why,
        })]),
        ["unheard"] = new JsonArray([.. look.Unheard.Where(one => !one.IsRight).Select(one => JsonValue.Create(one.Channel.Name))]),
    }.ToJsonString(JsonOutput.Options);
}
