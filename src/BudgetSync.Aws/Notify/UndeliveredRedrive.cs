using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;

namespace BudgetSync.Aws.Notify;

/// <summary>What became of a message that was to be sent once more.</summary>
/// <param name="Kept">Why it is still in the queue; null where it is not.</param>
/// <param name="Overtaken">A newer message of its alert has gone out since, so that it was taken out of the queue and not sent.</param>
public sealed record RedrivenAlert(UndeliveredAlert Message, string? Kept, bool Overtaken = false);

/// <summary>
/// Sends what lies in the queue once more, as Notify would have: in the order of the decisions, at the channel's rate, and nothing that a newer message of the
/// same alert has overtaken: an opening after its end would leave an incident open for ever, an end after a newer opening would close that.
/// </summary>
/// <param name="channels">Those of the deployment: what is for another stays, because no rule of the bus would take it.</param>
public sealed class UndeliveredRedrive(UndeliveredAlerts queue, LedgerTable ledger, ImmutableArray<Channel> channels, TimeProvider time)
{
    /// <param name="hidden">For how long the messages are hidden from others: so long a run sends.</param>
    /// <exception cref="AwsFaultException">The queue cannot be read; of one message it is told by what is given back.</exception>
    public async Task<ImmutableArray<RedrivenAlert>> RunAsync(TimeSpan hidden, CancellationToken cancellation)
    {
        var origins = new UndeliveredOrigins(ledger, channels);
        var known = await origins.KnownAsync(await queue.LookAsync(hidden, cancellation) ?? [], cancellation);
        var waiting = known.OrderBy(message => message.At).ThenBy(message => message.Id, StringComparer.Ordinal).ToList();
        var ids = waiting.Select(message => (message.Channel, message.AlertId)).ToHashSet();
        var keys = new HashSet<(string, string)>();
        var done = ImmutableArray.CreateBuilder<RedrivenAlert>(waiting.Count);
        foreach (var message in waiting)
        {
            try
            {
                done.Add(await OneAsync(message));
            }
            catch (AwsFaultException refused)
            {
                done.Add(new RedrivenAlert(message, refused.Fault.Reason));
            }

            if (done[^1].Kept is not null && message.Key.Length > 0) keys.Add((message.Channel, message.Key));
        }

        return done.ToImmutable();

        async Task<RedrivenAlert> OneAsync(UndeliveredAlert message)
        {
            if (channels.FirstOrDefault(channel => channel.Name == message.Channel) is not { } channel)
                return new RedrivenAlert(message, "it is no channel of this deployment; deploy a channel of that name again");
            if (time.GetUtcNow() > message.HiddenUntil - Spare) return new RedrivenAlert(message, "the time of this run was up before its turn; run it again");
            if (keys.Contains((message.Channel, message.Key))) return new RedrivenAlert(message, "it waits for an earlier message of its alert");
            if (await IsOvertakenAsync(message))
            {
                await RememberAsync(message);
                await queue.RemoveAsync(message, cancellation);
                return new RedrivenAlert(message, null, Overtaken: true);
            }

            var now = time.GetUtcNow();
            if (!message.IsSum && !await ledger.TakeAsync(channel, message.Account, message.Severity, now, cancellation))
            {
                var next = HourText.Format(now.AddHours(1)).Replace('T', ' ');
                return new RedrivenAlert(message, $"it has had its messages of the hour; run it again after {next}:00 UTC");
            }

            if (!await queue.RedriveAsync(message, channel, cancellation)) return new RedrivenAlert(message, "the bus refused it");
            await RememberAsync(message);
            // So that no earlier message of its alert goes out after it, however late that one is found.
            var told = await origins.ToldAsync(message.Account, cancellation);
            if (told.LastOrDefault(one => one.Channel == message.Channel && one.Alert.Id == message.AlertId) is { } parked)
                await ledger.AppendAsync(parked with { At = now, Counted = false, Undelivered = null }, cancellation);
            return new RedrivenAlert(message, null);
        }

        // The queue alone knows that it was refused, and forgets it now; its line of the ledger is written over with the reason.
        async Task RememberAsync(UndeliveredAlert message)
        {
            var told = await origins.ToldAsync(message.Account, cancellation);
            if (told.LastOrDefault(one => !one.Counted && one.Channel == message.Channel && one.Alert.Id == message.AlertId) is { Undelivered: null } refused)
                await ledger.AppendAsync(refused with { Undelivered = message.Why }, cancellation);
        }

        async Task<bool> IsOvertakenAsync(UndeliveredAlert message)
        {
            if (message.Key.Length == 0) return false;
            // Read anew for each: while a long run goes on, Notify and other runs tell more.
            return (await ledger.ToldSinceAsync(message.Account, message.At, cancellation)).Any(other => other is { Counted: false, Undelivered: null }
                && other.Channel == message.Channel
                && other.Alert.DedupKey == message.Key
                && other.Alert.At > message.At
                && !ids.Contains((other.Channel, other.Alert.Id)));
        }
    }

    /// <summary>
    /// What a message takes, retries included: who begins with it later might send it when the queue has shown it to another run already, which has sent it and
    /// what comes after it.
    /// </summary>
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(30);
}
