using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Tables;

/// <summary>How many messages a channel got in an hour.</summary>
/// <param name="Hour">For example <c>2026-11-28T20</c>, in UTC.</param>
/// <param name="More">Messages that it had no room for.</param>
/// <param name="Summed">Those of them it was told of in one line.</param>
public sealed record ChannelHour(string Hour, long More, long Summed);

/// <summary>A message that went out.</summary>
/// <param name="Counted">The channel had no room for it in its hour: it is one of those that one line told of.</param>
public sealed record ToldAlert(DateTimeOffset At, string Channel, bool Counted, Alert Alert);

/// <summary>The items of the ledger as attributes and back. Pure.</summary>
internal static partial class LedgerItem
{
    /// <summary>The partition of the open alerts, one item for each account.</summary>
    public const string OpenAlerts = "alerts";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string ChannelKey(string channel) => $"channel#{channel}";

    public static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture);

    public static Dictionary<string, AttributeValue> Format(AccountAlerts alerts) => new(StringComparer.Ordinal)
    {
        ["AccountId"] = Text(OpenAlerts),
        ["Entry"] = Text(alerts.Account),
        ["Edition"] = Number(alerts.Version),
        ["Open"] = Maps(alerts.Open.Select(open => new Dictionary<string, AttributeValue>
        {
            ["Kind"] = Text(open.Kind.ToString()),
            ["Budget"] = Text(open.Budget),
            ["Period"] = Text(open.Period),
            ["Severity"] = Text(open.Severity.ToString()),
            ["Levels"] = Texts(open.Levels),
            ["Channels"] = Texts(open.Channels),
            ["Counted"] = Texts(open.Counted),
            ["ToldAt"] = Text(Time(open.ToldAt)),
        })),
        ["Pending"] = Maps(alerts.Pending.Select(message => new Dictionary<string, AttributeValue>
        {
            ["Channel"] = Text(message.Channel),
            ["Alert"] = Text(AlertJson.Write(message.Alert)),
            ["Claim"] = Text(message.Claim),
            ["ClaimedAt"] = Text(Time(message.ClaimedAt)),
        })),
    };

    /// <summary>What a person has made illegible is left out: then it is found, and told, anew.</summary>
    public static AccountAlerts Parse(Dictionary<string, AttributeValue> item) => new(TextOf(item, "Entry"), LongOf(item, "Edition"))
    {
        Open = [.. MapsOf(item, "Open").Select(Open).OfType<OpenAlert>()],
        Pending = [.. MapsOf(item, "Pending").Select(Pending).OfType<PendingAlert>()],
    };

    /// <summary>One message that went out, or was counted.</summary>
    public static Dictionary<string, AttributeValue> Told(PendingAlert message, bool counted, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        ["AccountId"] = Text(message.Alert.Account),
        ["Entry"] = Text($"told#{Time(now)}#{message.Channel}#{message.Alert.Id}"),
        ["ToldAt"] = Text(Time(now)),
        ["Channel"] = Text(message.Channel),
        ["Counted"] = new() { BOOL = counted },
        ["Alert"] = Text(AlertJson.Write(message.Alert)),
        ["ExpiresAt"] = Number(now.Add(Limits.LedgerKept).ToUnixTimeSeconds()),
    };

    /// <summary>Null for an item that is none of ours.</summary>
    public static ToldAlert? ParseTold(Dictionary<string, AttributeValue> item) =>
        TextOf(item, "Entry").StartsWith("told#", StringComparison.Ordinal) && AlertJson.Read(TextOf(item, "Alert")) is { } alert
            ? new ToldAlert(TimeOf(item, "ToldAt"), TextOf(item, "Channel"), item.TryGetValue("Counted", out var counted) && counted.BOOL is true, alert)
            : null;

    public static ChannelHour ParseHour(Dictionary<string, AttributeValue> item) => new(TextOf(item, "Entry"), LongOf(item, "More"), LongOf(item, "Summed"));

    private static OpenAlert? Open(Dictionary<string, AttributeValue> item)
    {
        if (!Enum.TryParse<AlertKind>(TextOf(item, "Kind"), out var kind)) return null;
        if (!Enum.TryParse<AlertSeverity>(TextOf(item, "Severity"), out var severity)) return null;
        return new OpenAlert(kind, TextOf(item, "Budget"), TextOf(item, "Period"))
        {
            Severity = severity,
            Levels = TextsOf(item, "Levels"),
            Channels = TextsOf(item, "Channels"),
            Counted = TextsOf(item, "Counted"),
            ToldAt = TimeOf(item, "ToldAt"),
        };
    }

    private static PendingAlert? Pending(Dictionary<string, AttributeValue> item) =>
        AlertJson.Read(TextOf(item, "Alert")) is { } alert
            ? new PendingAlert(TextOf(item, "Channel"), alert, TextOf(item, "Claim"), TimeOf(item, "ClaimedAt"))
            : null;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(Dictionary<string, AttributeValue> item, string name) =>
        DateTimeOffset.TryParseExact(TextOf(item, name), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : DateTimeOffset.UnixEpoch;

    private static AttributeValue Text(string text) => new() { S = text };

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Texts(IEnumerable<string> texts) => new() { L = [.. texts.Select(Text)] };

    private static AttributeValue Maps(IEnumerable<Dictionary<string, AttributeValue>> maps) =>
        new() { L = [.. maps.Select(map => new AttributeValue { M = map })] };

    private static string TextOf(Dictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) ? value.S ?? "" : "";

    private static long LongOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && long.TryParse(value.N, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static ImmutableArray<string> TextsOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? [.. (value.L ?? []).Select(text => text.S ?? "")] : [];

    private static IEnumerable<Dictionary<string, AttributeValue>> MapsOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? (value.L ?? []).Select(map => map.M ?? []) : [];
}
