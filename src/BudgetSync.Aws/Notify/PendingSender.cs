using System.Collections.Immutable;
using BudgetSync.Aws.Faults;
using BudgetSync.Aws.Tables;
using BudgetSync.Core;
using BudgetSync.Core.Alerts;
using BudgetSync.Core.Spend.Costs;

namespace BudgetSync.Aws.Notify;

/// <summary>
/// Sends what is written down: each message once it has a place in its channel's hour, those of one key and channel in the order in which they were decided.
/// </summary>
/// <param name="drivers">Says what made costs rise; null where Cost Explorer is not asked.</param>
public sealed class PendingSender(
    LedgerTable ledger,
    NotificationSender sender,
    CostDrivers? drivers,
    ImmutableDictionary<string, Channel> channels,
    TimeProvider time)
{
    /// <param name="account">Whose messages they are, the key of the ledger's item.</param>
    /// <param name="state">What is written down.</param>
    /// <param name="claim">The sender's: what carries it is sent.</param>
    /// <returns>Why the bus or a topic did not take a message that it may yet take; null where there is none.</returns>
    /// <exception cref="AwsFaultException">DynamoDB failed; what was not sent is free for who comes next.</exception>
    public async Task<AwsFaultException?> SendAsync(string account, AccountAlerts state, string claim, CancellationToken cancellation)
    {
        // Asked once, and only where a message of its kind goes out: a channel without room costs no request.
        var rose = new Lazy<Task<ImmutableArray<CostDriver>>>(
            () => drivers?.ReadAsync(account, cancellation) ?? Task.FromResult(ImmutableArray<CostDriver>.Empty));
        AwsFaultException? fault = null;
        try
        {
            while (state.Pending.Any(message => message.Claim == claim))
            {
                if (PendingAlerts.Due(state, claim).FirstOrDefault() is { } message)
                {
                    if (PendingClaims.IsAging(message, time.GetUtcNow()))
                    {
                        state = await ledger.StepAsync(account, before => PendingClaims.Renewed(before, claim, time.GetUtcNow()), cancellation);
                        continue;
                    }

                    // One channel in trouble holds up no other.
                    (state, var refused) = await SendAsync(account, message, rose, cancellation);
                    fault = refused ?? fault;
                }
                else
                {
                    // Another one is sending what comes before it, and goes on with what is released, or has just done so.
                    state = await ledger.StepAsync(account, before => PendingClaims.Released(before, claim), cancellation);
                }
            }

            return fault;
        }
        catch (AwsFaultException)
        {
            await AbandonAsync(account, claim, cancellation);
            throw;
        }
    }

    private async Task AbandonAsync(string account, string claim, CancellationToken cancellation)
    {
        try
        {
            await ledger.StepAsync(account, before => PendingClaims.Abandoned(before, claim), cancellation);
        }
        catch (AwsFaultException)
        {
            // The first fault says what there is to say; who cannot write leaves a claim that ends by itself.
        }
    }

    private async Task<(AccountAlerts After, AwsFaultException? Fault)> SendAsync(
        string account, PendingAlert message, Lazy<Task<ImmutableArray<CostDriver>>> rose, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        // Removed from the deployment since: there is no rule that would take it.
        if (!channels.TryGetValue(message.Channel, out var channel)) return (await StepAsync(before => PendingAlerts.Sent(before, message)), null);

        if (message.CountedIn is { } hour) return (await CountAsync(account, message, channel, hour, now, cancellation), null);
        if (!await HasPlaceAsync(account, message, channel, now, cancellation))
        {
            // An end is told by name or not at all, and so is a digest; what had a place may have been told. They wait for an hour with room.
            if (message.Alert.Phase == AlertPhase.Resolved || message.Alert.Kind == AlertKind.Digest || message.PlaceIn is not null)
                return (await StepAsync(before => PendingAlerts.Waits(before, message)), null);
            // It was counted when it was found; the next round tries it again while it is so.
            if (message.IsLate) return (await StepAsync(before => PendingAlerts.Counted(before, message)), null);
            // Written down before it is counted: whoever dies in between leaves it to be counted in this hour, and not told or counted in the next one too.
            return (await StepAsync(before => PendingAlerts.CountedIn(before, message, HourText.Format(now))), null);
        }

        // What was tried before has asked already.
        if (message.Failed == 0 && DriverFact.Suits(message.Alert))
            message = message with { Alert = DriverFact.Added(message.Alert, await rose.Value) };
        var placed = await StepAsync(before => PendingAlerts.Placed(before, message, HourText.Format(now), time.GetUtcNow()));
        if (!PendingAlerts.IsOf(placed, message)) return (placed, null);
        var told = new ToldAlert(now, channel.Name, Counted: false, message.Alert);
        switch (await sender.SendAsync(message.Alert, channel, message.Failed, message.Alert.At, cancellation))
        {
            case Delivery.NotYet(var fault):
                return (await StepAsync(before => PendingAlerts.NotTaken(before, message, fault.Fault.Reason)), fault);
            case Delivery.Taken(var id):
                told = told with { MessageId = id };
                break;
            case Delivery.Parked(var why):
                told = told with { Undelivered = why };
                break;
        }

        // Before it is struck out: who dies in between sends it again, and both stand there.
        await ledger.AppendAsync(told, cancellation);
        return (await StepAsync(before => PendingAlerts.Sent(before, message)), null);

        Task<AccountAlerts> StepAsync(Func<AccountAlerts, AccountAlerts> step) => ledger.StepAsync(account, step, cancellation);
    }

    /// <param name="hour">The one that had no room for the message, as in <c>2026-11-28T20</c>.</param>
    private async Task<AccountAlerts> CountAsync(
        string account, PendingAlert message, Channel channel, string hour, DateTimeOffset now, CancellationToken cancellation)
    {
        var counted = HourText.Parse(hour) ?? now;
        // The sum of that hour may have been told for the last time: then it is a message of this one.
        if (ChannelDecision.IsLate(hour, now) && !await ledger.IsCountedAsync(channel, message.Alert, counted, cancellation))
            return await ledger.StepAsync(account, before => PendingAlerts.CountedIn(before, message, hour: null), cancellation);
        await ledger.CountAsync(channel, message.Alert, counted, cancellation);
        // By the time of its finding: who dies before it is struck out writes the same entry again.
        await ledger.AppendAsync(new ToldAlert(message.Alert.At, channel.Name, Counted: true, message.Alert), cancellation);
        return await ledger.StepAsync(account, before => PendingAlerts.Counted(before, message), cancellation);
    }

    /// <summary>The sum of what a channel had no room for takes no place: in a storm that fills every hour it would never come.</summary>
    private async Task<bool> HasPlaceAsync(string account, PendingAlert message, Channel channel, DateTimeOffset now, CancellationToken cancellation) =>
        message.Alert.Kind == AlertKind.Overflow
        || message.PlaceIn == HourText.Format(now)
        || await ledger.TakeAsync(channel, account, message.Alert.Severity, now, cancellation);
}
