using System.Text;
using Amazon.DynamoDBv2.Model;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Aws.Tables;

/// <summary>A message that went out, or would have.</summary>
/// <param name="Counted">The channel had no room for it in its hour: it is one of those that one line told of.</param>
public sealed record ToldAlert(DateTimeOffset At, string Channel, bool Counted, Alert Alert)
{
    /// <summary>SNS's id of it; null where no topic took it.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why its topic took it never; null where it did, or there is none.</summary>
    public string? Undelivered { get; init; }
}

/// <summary>The items of the ledger as attributes and back. Pure.</summary>
internal static partial class LedgerItem
{
    /// <summary>The partition of the open alerts, one item for each account.</summary>
    public const string OpenAlerts = "alerts";

    private const string ChannelPrefix = "channel#";

    /// <summary>The partition of a channel, which is also the key of what it is told beside the alerts of accounts.</summary>
    public static string ChannelKey(string channel) => ChannelPrefix + channel;

    /// <summary>
    /// What the entries of messages that an hour of the channel had no room for begin with. They come after all hours, which begin with a digit.
    /// </summary>
    public static string CountedIn(string hour) => $"counted#{hour}#";

    /// <param name="key">An account, <see cref="RestrictionAlerts.EveryAccount"/> or <see cref="ChannelKey"/>.</param>
    public static string PartitionOf(string key) => key.StartsWith(ChannelPrefix, StringComparison.Ordinal) ? key : OpenAlerts;

    /// <inheritdoc cref="PartitionOf"/>
    public static string EntryOf(string key) => key.StartsWith(ChannelPrefix, StringComparison.Ordinal) ? "told" : key;

    public static Dictionary<string, AttributeValue> Format(AccountAlerts alerts) => new ItemWriter()
        .Text("AccountId", PartitionOf(alerts.Account))
        .Text("Entry", EntryOf(alerts.Account))
        .Number("Edition", alerts.Version)
        .List("Open", alerts.Open, open => new ItemWriter()
            .Text("Kind", open.Kind.ToString())
            .Text("Budget", open.Budget)
            .Text("Period", open.Period)
            .Text("Severity", open.Severity.ToString())
            .Texts("Levels", open.Levels)
            .Texts("Channels", open.Channels)
            .Texts("Counted", open.Counted)
            .Texts("Behind", open.Behind)
            .Text("ToldAt", UtcText.Milliseconds(open.ToldAt))
            .List("Facts", open.Facts, fact => new ItemWriter().Text("Name", fact.Name).Text("Value", fact.Value)))
        .List("Pending", alerts.Pending, message => new ItemWriter()
            .Text("Channel", message.Channel)
            .Text("Alert", AlertJson.Write(message.Alert))
            .Text("Claim", message.Claim)
            .Text("ClaimedAt", UtcText.Milliseconds(message.ClaimedAt))
            .Number("Failed", message.Failed)
            .Text("Why", message.Why)
            .Text("PlaceIn", message.PlaceIn)
            .Text("CountedIn", message.CountedIn)
            .Bool("Late", message.IsLate))
        .Done();

    /// <summary>What a person has made illegible is left out: then it is found, and told, anew.</summary>
    public static AccountAlerts Parse(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        var partition = reader.Text("AccountId") ?? "";
        return new AccountAlerts(partition == OpenAlerts ? reader.Text("Entry") ?? "" : partition, reader.Number("Edition"))
        {
            Open = [.. reader.List("Open", Open).OfType<OpenAlert>()],
            Pending = [.. reader.List("Pending", Pending).OfType<PendingAlert>()],
        };
    }

    /// <summary>What the entries of messages that went out at a moment begin with, and all later ones follow.</summary>
    public static string ToldSince(DateTimeOffset at) => $"told#{UtcText.Milliseconds(at)}";

    /// <summary>One message that went out, or was counted.</summary>
    public static Dictionary<string, AttributeValue> Told(ToldAlert told) => new ItemWriter()
        // Of all accounts together the alert names none.
        .Text("AccountId", told.Alert.Account.Length > 0 ? told.Alert.Account : RestrictionAlerts.EveryAccount)
        .Text("Entry", $"{ToldSince(told.At)}#{told.Channel}#{Named(told.Alert)}")
        .Text("ToldAt", UtcText.Milliseconds(told.At))
        .Text("Channel", told.Channel)
        .Bool("Counted", told.Counted)
        .Text("MessageId", told.MessageId)
        .Text("Undelivered", told.Undelivered)
        .Text("Alert", AlertJson.Write(told.Alert))
        .Number("ExpiresAt", told.At.Add(Limits.LedgerKept).ToUnixTimeSeconds())
        .Done();

    /// <summary>A sort key has 1,024 bytes (DynamoDB developer guide, "Constraints"): a name that is too long for it stands as its hash.</summary>
    public static string Named(Alert alert) => Encoding.UTF8.GetByteCount(alert.Id) <= MostKeyBytes ? alert.Id : alert.KeyHash;

    private const int MostKeyBytes = 800;

    /// <summary>Null for an item that is none of ours.</summary>
    public static ToldAlert? ParseTold(Dictionary<string, AttributeValue> item)
    {
        var reader = new ItemReader(item);
        return reader.Text("Entry")?.StartsWith("told#", StringComparison.Ordinal) is true && AlertJson.Read(reader.Text("Alert") ?? "") is { } alert
            ? new ToldAlert(reader.Time("ToldAt") ?? DateTimeOffset.UnixEpoch, reader.Text("Channel") ?? "", reader.Flag("Counted"), alert)
            {
                MessageId = reader.Text("MessageId"),
                Undelivered = reader.Text("Undelivered"),
            }
            : null;
    }

    private static OpenAlert? Open(ItemReader item)
    {
        if (!Enum.TryParse<AlertKind>(item.Text("Kind"), out var kind)) return null;
        if (!Enum.TryParse<AlertSeverity>(item.Text("Severity"), out var severity)) return null;
        return new OpenAlert(kind, item.Text("Budget") ?? "", item.Text("Period") ?? "")
        {
            Severity = severity,
            Levels = item.Texts("Levels"),
            Channels = item.Texts("Channels"),
            Counted = item.Texts("Counted"),
            Behind = item.Texts("Behind"),
            ToldAt = item.Time("ToldAt") ?? DateTimeOffset.UnixEpoch,
            Facts = item.List("Facts", fact => new AlertFact(fact.Text("Name") ?? "", fact.Text("Value") ?? "")),
        };
    }

    private static PendingAlert? Pending(ItemReader item) => AlertJson.Read(item.Text("Alert") ?? "") is { } alert
        ? new PendingAlert(item.Text("Channel") ?? "", alert, item.Text("Claim") ?? "", item.Time("ClaimedAt") ?? DateTimeOffset.UnixEpoch)
        {
            Failed = (int)item.Number("Failed"),
            Why = item.Text("Why"),
            PlaceIn = item.Text("PlaceIn"),
            CountedIn = item.Text("CountedIn"),
            IsLate = item.Flag("Late"),
        }
        : null;
}
