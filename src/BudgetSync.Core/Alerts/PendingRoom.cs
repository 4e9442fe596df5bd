using System.Text;

namespace BudgetSync.Core.Alerts;

/// <summary>
/// How much may wait to be sent of an account's messages, which stand in one item of the ledger. Each channel has a part of it, so that one that takes nothing
/// for a while keeps no other from being told; and ends have a part apart, because they wait for an hour with room and would keep what begins from being told.
/// </summary>
/// <param name="channels">How many the deployment has.</param>
internal sealed class PendingRoom(List<PendingAlert> pending, int channels)
{
    /// <summary>Of one channel, ends and as many others; what finds no room is found again.</summary>
    private const int MostOfChannel = 15;

    /// <summary>
    /// Ends, and as many others: an item of DynamoDB holds 400 KB, and what is open has its part too. A message at its largest takes some 10 KB.
    /// </summary>
    private const int MostBytes = 150_000;

    /// <summary>Adds a message where there is room for it.</summary>
    public bool TryAdd(PendingAlert message)
    {
        if (!HasRoom(message)) return false;
        pending.Add(message);
        return true;
    }

    private bool HasRoom(PendingAlert message)
    {
        var others = pending.Where(other => IsEnd(other) == IsEnd(message)).ToList();
        if (others.Count == 0) return true;
        var own = others.Where(other => other.Channel == message.Channel).ToList();
        // A channel for which nothing waits has room for one message however many channels there are.
        return own.Count == 0
            ? others.Sum(Bytes) + Bytes(message) <= MostBytes
            : own.Count < MostOfChannel && own.Sum(Bytes) + Bytes(message) <= MostBytes / channels;
    }

    private static bool IsEnd(PendingAlert message) => message.Alert.Phase == AlertPhase.Resolved;

    private static int Bytes(PendingAlert message) => Encoding.UTF8.GetByteCount(AlertJson.Write(message.Alert));
}
