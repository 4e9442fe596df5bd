using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>What reconcile does about one account.</summary>
public abstract record ReconcileDecision
{
    private ReconcileDecision()
    {
    }

    /// <summary>The last report says that the spoke has what it should, and it is recent: no call, no write.</summary>
    public sealed record InSync : ReconcileDecision;

    /// <summary>Bring the document into the spoke's parameter.</summary>
    /// <param name="Renew">
    /// True: write it even where the parameter holds it already. A new version of the same text is what makes a spoke apply and report again, when its event,
    /// its apply or its report was lost.
    /// </param>
    /// <param name="Why">For the log and for <c>budgetsync reconcile</c>.</param>
    public sealed record Propagate(Intent.Keep Intent, bool Renew, string Why) : ReconcileDecision;

    /// <summary>Make the spoke's parameter release it.</summary>
    public sealed record Release(Intent.Release Intent) : ReconcileDecision;

    /// <summary>
    /// The account's rows are wrong, so its document cannot be made; what is being lifted is to be taken out of the one that its parameter holds, and what is
    /// asked of its models is to be brought into it.
    /// </summary>
    /// <param name="Renew">True: write it even where it says so already, because the spoke has not said anything since.</param>
    public sealed record Amend(bool Renew) : ReconcileDecision;

    /// <summary>Nothing to do in the spoke; only what we know of it is to be written.</summary>
    public sealed record Record(StatusRow Row) : ReconcileDecision;

    /// <summary>Tried not long ago; the next try is due then.</summary>
    public sealed record Wait(DateTimeOffset Until) : ReconcileDecision;

    /// <summary>Not to be touched, or refused and unchanged since: recorded already.</summary>
    public sealed record Leave : ReconcileDecision;
}
