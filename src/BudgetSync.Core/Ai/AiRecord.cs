namespace BudgetSync.Core.Ai;

/// <summary>Where one budget stands, as it is kept.</summary>
/// <param name="Period">The window that the state is of.</param>
public sealed record AiRecord(AiSubject Subject, AiPeriod Period, AiState State)
{
    /// <summary>What stands for the deny policy, and for the policy of suspended people, in <see cref="Taken"/>.</summary>
    public const string Policy = "policy";

    /// <summary>
    /// What of the principal's access was taken by us: ids of keys, or <see cref="Policy"/>. Written before it is done, so that nothing is forgotten that was
    /// done; what is not in it others did, and it is left alone.
    /// </summary>
    public EquatableSet<string> Taken { get; init; } = [];

    /// <summary>The pool whose budget asks for it; "" where it is the principal's own.</summary>
    public string Pool { get; init; } = "";

    /// <summary>A person approved the suspension that is about to come or in force, in this window.</summary>
    public bool Approved { get; init; }

    /// <summary>Until when a rate that was passed counts as a limit that is reached.</summary>
    public DateTimeOffset? RateUntil { get; init; }

    /// <summary>The rate that was passed, in words: another one was not. "" where none was.</summary>
    public string RatePassed { get; init; } = "";

    /// <summary>Why its suspension is due and does not begin; "" where nothing holds it back.</summary>
    public string HeldBack { get; init; } = "";

    /// <summary>When the kind of state last changed.</summary>
    public DateTimeOffset Since { get; init; }
}
