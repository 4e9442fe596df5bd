using System.Collections.Immutable;
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
        if (message.Key.Length > 0 || channels.FirstOrDefault(channel => channel.Name == message.Channel) is not { } channel) return message;
        // What is of all accounts names none, and an envelope of the default row no unit.
        foreach (var key in Keys().Matches(message.Body).Select(match => match.Value).Distinct(StringComparer.Ordinal).Take(MostKeys)
            .Append(RestrictionAlerts.EveryAccount).Append(new Scope.Default().Key))
        {
            var alert = (await ToldAsync(key, cancellation)).Where(one => one is { Counted: false } && one.Channel == message.Channel)
                .Select(one => one.Alert)
                .LastOrDefault(alert => message.Is(AlertFormat.Body(alert, channel)));
            if (alert is not null) return message with { Key = alert.DedupKey, AlertId = alert.Id, At = alert.At, Severity = alert.Severity };
        }

        return message;
    }

    /// <summary>Of accounts, and of units and the root, whose rows may have an envelope.</summary>
    [GeneratedRegex("(?<![0-9A-Za-z-])([0-9]{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})(?![0-9A-Za-z])")]
    private static partial Regex Keys();
}
