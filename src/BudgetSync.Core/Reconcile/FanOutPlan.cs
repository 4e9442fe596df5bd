using BudgetSync.Core.Parameter;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>What the edit of a row above an account (OU, root, <c>default</c>) means for that account.</summary>
public abstract record FanOutDecision
{
    private FanOutDecision()
    {
    }

    /// <summary>It changes something, or an earlier try is not done: propagate.</summary>
    public sealed record Propagate : FanOutDecision;

    /// <summary>The budgets stay and come from other rows now: remembered for a later deletion, and nothing for the spoke.</summary>
    public sealed record RememberSources(DesiredParameter Parameter) : FanOutDecision;

    /// <summary>Nothing changes.</summary>
    public sealed record Leave : FanOutDecision;
}

/// <summary>Decides, account by account, whom the edit of a row above concerns.</summary>
public static class FanOutPlan
{
    public static FanOutDecision Decide(Intent intent, StatusRow? status)
    {
        // The spoke is touched only where its budgets really change. What is not in its parameter yet comes again with the batch: it was interrupted, or
        // tried in vain.
        if (status is null
            || intent is not Intent.Keep keep
            || status.DesiredRevision != keep.Parameter.Revision
            || status.State is AccountState.Pending or AccountState.Failed)
            return new FanOutDecision.Propagate();
        return status.HasSourcesOf(keep.Parameter) ? new FanOutDecision.Leave() : new FanOutDecision.RememberSources(keep.Parameter);
    }
}
