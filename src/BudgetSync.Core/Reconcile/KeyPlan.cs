using System.Collections.Immutable;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>What is to be kept of a row whose key is no account: an OU, the root, <c>default</c>, or no scope at all.</summary>
public abstract record KeyDecision
{
    private KeyDecision()
    {
    }

    /// <summary>The row is wrong, and its status does not say so yet.</summary>
    public sealed record Refuse(ImmutableArray<string> Problems) : KeyDecision
    {
        public StatusRow After(StatusRow? before, string key, DateTimeOffset? editedAt, DateTimeOffset now) =>
            StatusChange.Rejected(before, key, Problems, editedAt, now);
    }

    /// <summary>The row was put right, or is gone: such a key has a status only while its row is wrong.</summary>
    public sealed record Forget(StatusRow Status) : KeyDecision;

    /// <summary>All is recorded already.</summary>
    public sealed record Leave : KeyDecision;
}

/// <summary>Decides, key by key. The same for Propagate and Reconcile.</summary>
public static class KeyPlan
{
    /// <param name="problems">What is wrong with its row; none where it is right, and where there is none.</param>
    /// <param name="editedAt">When the row was edited, where that is known.</param>
    public static KeyDecision Decide(string key, ImmutableArray<string> problems, StatusRow? status, DateTimeOffset? editedAt, DateTimeOffset now)
    {
        if (problems.IsEmpty) return status is null ? new KeyDecision.Leave() : new KeyDecision.Forget(status);
        var refusal = new KeyDecision.Refuse(problems);
        return ReferenceEquals(refusal.After(status, key, editedAt, now), status) ? new KeyDecision.Leave() : refusal;
    }
}
