namespace BudgetSync.Core.Ai;

/// <summary>Where a principal stands with its budget of models. <see cref="AiTransition"/> is the table of what leads from one to another.</summary>
public abstract record AiState
{
    private AiState()
    {
    }

    public sealed record Active : AiState;

    public sealed record Warned : AiState;

    public sealed record Critical : AiState;

    /// <summary>The limit is reached, and its row only watches or a person has not approved the suspension.</summary>
    public sealed record Exceeded : AiState;

    /// <summary>
    /// The limit is reached, and the suspension is to come. From <paramref name="Until"/> on it is tried until it is in force or not asked for.
    /// </summary>
    /// <param name="Refused">Why the last try did not do it.</param>
    public sealed record Grace(DateTimeOffset Until, EquatableArray<string> Refused) : AiState
    {
        /// <summary>A person approved it, or it was in force: it waits for nobody any more.</summary>
        public bool Approved { get; init; }

        /// <summary>As <see cref="AiEvent.Refused.Sure"/>.</summary>
        public bool RefusedForSure { get; init; }
    }

    /// <summary>A suspension of ours is in force: IAM said so.</summary>
    /// <param name="Ends">Why it is to be taken off; null while it is asked for.</param>
    /// <param name="ByHand">A person takes it off.</param>
    public sealed record Suspended(DateTimeOffset Since, string? Ends = null, bool ByHand = false) : AiState;

    /// <summary>It is taken off.</summary>
    /// <param name="ByHand">A person took it off: it does not come again in this window, however much is used.</param>
    public sealed record Restored(DateTimeOffset At, string Why, bool ByHand = false) : AiState;

    /// <summary>The louder, the smaller: for lists.</summary>
    public int Loudness => this switch
    {
        Suspended => 0,
        Grace => 1,
        Exceeded => 2,
        Critical => 3,
        Warned => 4,
        Restored => 5,
        _ => 6,
    };

    /// <summary>True: no suspension is in force, about to come, or taken back in this window.</summary>
    public bool IsBelowSuspension => this is Active or Warned or Critical or Exceeded;

    /// <summary>Its name: <c>Suspended</c>.</summary>
    public string Name => GetType().Name;

    /// <summary>True: a suspension is to be put in force now.</summary>
    public bool AsksForSuspension(DateTimeOffset now) => this is Grace(var until, _) && until <= now;

    /// <summary>True: a suspension of ours is to be taken off now.</summary>
    public bool AsksForRestoration => this is Suspended { Ends: not null };
}
