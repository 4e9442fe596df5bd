using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Alerts.Formats;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Which messages of the ledger lie in the queue. EventBridge leaves what the rule hands on, which is the provider's body alone: the ledger knows which message
/// it is.
/// </summary>
/// <param name="channels">Those of the deployment; of another one a body cannot be made again.</param>
public sealed partial class UndeliveredOrigins(LedgerTable ledger, ImmutableArray<Channel> channels)
{
    /// <summary>A message is about one account, whose number is in it; a note may have others.</summary>
    private const int MostKeys = 5;

    private readonly Dictionary<string, ImmutableArray<ToldAlert>> told = new(StringComparer.Ordinal);

    /// <summary>The messages with what the ledger knows of them; as they are where it knows nothing.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    public async Task<ImmutableArray<UndeliveredAlert>> KnownAsync(IEnumerable<UndeliveredAlert> messages, CancellationToken cancellation)
    {
        var known = ImmutableArray.CreateBuilder<UndeliveredAlert>();
        foreach (var message in messages) known.Add(await KnownAsync(message, cancellation));
        return known.ToImmutable();
    }

    /// <summary>The messages that went out about an account, oldest first; read once.</summary>
    /// <exception cref="AwsFaultException">DynamoDB failed.</exception>
    internal async Task<ImmutableArray<ToldAlert>> ToldAsync(string account, CancellationToken cancellation) =>
        told.TryGetValue(account, out var all) ? all : told[account] = await ledger.ToldAsync(account, cancellation);

    private async Task<UndeliveredAlert> KnownAsync(UndeliveredAlert message, CancellationToken cancellation)
    {
        if (channels.FirstOrDefault(channel => channel.Name == message.Channel) is not { } channel) return message;
        if (message.Key.Length > 0)
        {
            var all = await ToldAsync(message.Account, cancellation);
            return message with { Alert = all.LastOrDefault(one => one.Channel == message.Channel && one.Alert.Id == message.AlertId)?.Alert };
        }

        var then = Then(channel, message.Body);
        // What is of all accounts names none, and an envelope of the default row no unit.
        foreach (var key in Keys().Matches(message.Body).Select(match => match.Value).Distinct(StringComparer.Ordinal).Take(MostKeys)
            .Append(RestrictionAlerts.EveryAccount).Append(new Scope.Default().Key))
        {
            var alert = (await ToldAsync(key, cancellation)).Where(one => one is { Counted: false } && one.Channel == message.Channel)
                .Select(one => one.Alert)
                .LastOrDefault(alert => then.Any(channel => message.Is(AlertFormat.Body(alert, channel))));
            if (alert is null) continue;
            return message with { Key = alert.DedupKey, AlertId = alert.Id, At = alert.At, Severity = alert.Severity, Alert = alert };
        }

        return message;
    }

    /// <summary>
    /// The channel as it is, and as it may have been when the message was made: of another kind, conversation, project or type of issue. Whoever puts one of
    /// them right wants what was refused for it.
    /// </summary>
    private static ImmutableArray<Channel> Then(Channel channel, string body)
    {
        var json = Parsed(body);
        var fields = json?["fields"] as JsonObject;
        var was = channel with
        {
            Conversation = Text(json?["channel"]) ?? channel.Conversation,
            Project = Text((fields?["project"] as JsonObject)?["key"]) ?? channel.Project,
            IssueType = Text((fields?["issuetype"] as JsonObject)?["name"]) ?? channel.IssueType,
        };
        return [channel, .. Enum.GetValues<ChannelKind>().Select(kind => was with { Kind = kind }).Where(one => !one.IsTopic && one != channel)];
    }

    private static string? Text(JsonNode? node) => (node as JsonValue)?.TryGetValue<string>(out var text) is true ? text : null;

    private static JsonObject? Parsed(string body)
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

    /// <summary>Of accounts, and of units and the root, whose rows may have an envelope.</summary>
    [GeneratedRegex("(?<![0-9A-Za-z-])([0-9]{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})(?![0-9A-Za-z])")]
    private static partial Regex Keys();
}
