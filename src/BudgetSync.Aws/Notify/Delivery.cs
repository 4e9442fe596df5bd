using BudgetSync.Aws.Faults;

namespace BudgetSync.Aws.Notify;

/// <summary>What became of a message.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>The bus has it, which delivers it, or the topic.</summary>
    /// <param name="MessageId">SNS's id of it; null where the bus has it.</param>
    public sealed record Taken(string? MessageId) : Delivery;

    /// <summary>The bus or the topic did not take it, and may yet.</summary>
    public sealed record NotYet(AwsFaultException Fault) : Delivery;

    /// <summary>The topic refused it, or it or the bus did not take it for a day: it lies in the queue of undelivered alerts.</summary>
    public sealed record Parked(string Why) : Delivery;
}
