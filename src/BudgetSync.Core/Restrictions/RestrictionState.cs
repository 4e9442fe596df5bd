namespace BudgetSync.Core.Restrictions;

/// <summary>Where one restriction stands. <see cref="RestrictionTransition"/> is the table of what leads from one to another.</summary>
public abstract record RestrictionState
{
    private RestrictionState()
    {
    }

    /// <summary>The row only watches: this is what it would have done.</summary>
    public sealed record Watched(DateTimeOffset Since) : RestrictionState;

    /// <summary>Its grace runs, or something holds it back.</summary>
    /// <param name="Due">When it is to begin.</param>
    public sealed record Planned(DateTimeOffset Due) : RestrictionState;

    /// <summary>Its grace is over, and a person is to approve it.</summary>
    /// <param name="Until">When that is given up.</param>
    public sealed record AwaitingApproval(DateTimeOffset Until) : RestrictionState;

    /// <summary>It is asked for: whoever carries it out keeps it so.</summary>
    public sealed record InForce(DateTimeOffset Since) : RestrictionState;

    /// <summary>It is asked for, and some of it could not be done: tried again with every apply.</summary>
    public sealed record Failed(DateTimeOffset Since, EquatableArray<string> Reasons) : RestrictionState;

    /// <summary>It is not asked for any more, and what was done is being given back.</summary>
    public sealed record Revoked(DateTimeOffset Since, string Why) : RestrictionState;

    /// <summary>What was done is given back.</summary>
    public sealed record Lifted(DateTimeOffset At, string Why) : RestrictionState;

    /// <summary>It never began.</summary>
    public sealed record Cancelled(DateTimeOffset At, string Why) : RestrictionState;

    /// <summary>Since when it is so; of what is to come, when it does.</summary>
    public DateTimeOffset Time => this switch
    {
        Watched(var since) => since,
        Planned(var due) => due,
        AwaitingApproval(var until) => until,
        InForce(var since) => since,
        Failed(var since, _) => since,
        Revoked(var since, _) => since,
        Lifted(var at, _) => at,
        Cancelled(var at, _) => at,
        _ => throw new InvalidOperationException($"{Name} is no case of RestrictionState."),
    };

    /// <summary>Its name: <c>AwaitingApproval</c>.</summary>
    public string Name => GetType().Name;

    /// <summary>True: it is to be so, and travels.</summary>
    public bool IsDesired => this is InForce or Failed;

    /// <summary>True: nothing follows by itself any more.</summary>
    public bool IsEnded => this is Lifted or Cancelled;
}
