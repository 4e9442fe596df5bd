using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>What can happen to a principal's budget of models.</summary>
public abstract record AiEvent
{
    private AiEvent()
    {
    }

    /// <summary>A call was counted, or the budget was changed.</summary>
    public sealed record Found(AiStanding Standing, ResponseMode Mode, TimeSpan Grace) : AiEvent;

    /// <summary>A person approved the suspension.</summary>
    public sealed record Approved(string By) : AiEvent;

    /// <summary>Another window has begun.</summary>
    public sealed record NewWindow : AiEvent;

    /// <summary>The pool that asked for the suspension does not ask any more.</summary>
    public sealed record PoolEnded : AiEvent;

    /// <summary>A person takes the suspension back.</summary>
    public sealed record RestoreAsked(string By, string Why) : AiEvent;

    /// <summary>IAM says that a suspension of ours is in force.</summary>
    public sealed record InForce : AiEvent;

    /// <summary>IAM says that none of ours is in force.</summary>
    public sealed record NotInForce : AiEvent;

    /// <summary>IAM refused a suspension, or it cannot be brought about now.</summary>
    /// <param name="Sure">Nothing of the last try can take effect any more; else that is not known, as where IAM did not answer.</param>
    public sealed record Refused(EquatableArray<string> Reasons, bool Sure = false) : AiEvent;
}
