namespace BudgetSync.Core.Alerts;

/// <summary>Who sends what is written down: one sender at a time has a message, and what he leaves is another's.</summary>
public static class PendingClaims
{
    /// <summary>
    /// Shorter than the minute after which Lambda tries an event again whose invocation died (Lambda developer guide, "How Lambda handles errors and retries
    /// with asynchronous invocation"): that try takes up what the dead one left. Who lives renews its claim; who is so slow that it cannot tells twice.
    /// </summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromSeconds(50);

    /// <summary>The age at which a sender renews its claim: what is left is longer than a message takes.</summary>
    public static readonly TimeSpan ClaimRenewed = TimeSpan.FromSeconds(15);

    /// <summary>Takes what nobody is sending.</summary>
    /// <param name="claim">Who asks, and will send what carries this claim.</param>
    public static IEnumerable<PendingAlert> Claimed(IEnumerable<PendingAlert> pending, string claim, DateTimeOffset now) =>
        pending.Select(message => now - message.ClaimedAt < ClaimLasts ? message : message with { Claim = claim, ClaimedAt = now });

    /// <summary>Whether a sender must renew its claim before it sends the message.</summary>
    public static bool IsAging(PendingAlert message, DateTimeOffset now) => now - message.ClaimedAt >= ClaimRenewed;

    /// <summary>The sender lives and goes on; unchanged where another has taken over what it had claimed.</summary>
    public static AccountAlerts Renewed(AccountAlerts before, string claim, DateTimeOffset now) => before with
    {
        Pending = [.. before.Pending.Select(message => message.Claim == claim ? message with { ClaimedAt = now } : message)],
    };

    /// <summary>Gives up what the sender cannot send because another one is still sending what comes before it; unchanged where it can.</summary>
    public static AccountAlerts Released(AccountAlerts before, string claim) => PendingAlerts.Due(before, claim).Any() ? before : Abandoned(before, claim);

    /// <summary>Gives up all that the sender has claimed: it failed, and who comes next need not wait until its claim has ended.</summary>
    public static AccountAlerts Abandoned(AccountAlerts before, string claim) => before.Pending.Any(message => message.Claim == claim)
        ? before with { Pending = [.. before.Pending.Select(message => message.Claim == claim ? message.Free() : message)] }
        : before;
}
