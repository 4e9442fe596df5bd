using BudgetSync.Core.Restrictions;
using static BudgetSync.Core.Ai.AiEvent;
using static BudgetSync.Core.Ai.AiState;

namespace BudgetSync.Core.Ai;

/// <summary>
/// What follows from a state and an event: the whole machine, which AI.md shows as a table. Only IAM's own word leads to Suspended and away from it, so that a
/// principal is never called what it is not.
/// </summary>
public static class AiTransition
{
    private const string NewWindowBegan = "a new window has begun";

    private const string BelowLimit = "its spending is below the limit";

    private const string OnlyWatched = "its row only watches now";

    /// <summary>Why a suspension ends whose pool has ended.</summary>
    public const string PoolEnded = "its pool does not ask for it any more";

    private const string NotAskedFor = "it is not asked for any more";

    /// <summary>The state that follows; the same object where the event changes nothing.</summary>
    public static AiState Next(AiState state, AiEvent @event, DateTimeOffset now) => @event switch
    {
        Found(AiStanding.Over, var mode, var grace) => OnOver(state, mode, grace, now),
        Found(var standing, _, _) => OnBelow(state, standing),
        Approved => state is Exceeded ? new Grace(now, []) { Approved = true } : state,
        NewWindow => state switch
        {
            Active => state,
            Suspended suspended => suspended with { Ends = NewWindowBegan, ByHand = false },
            _ => new Active(),
        },
        AiEvent.PoolEnded => state switch
        {
            Grace => new Exceeded(),
            Suspended { Ends: null } suspended => suspended with { Ends = PoolEnded },
            _ => state,
        },
        RestoreAsked(var by, var why) => state switch
        {
            Grace => new Restored(now, Taken(by, why), ByHand: true),
            Suspended suspended => suspended with { Ends = Taken(by, why), ByHand = true },
            _ => state,
        },
        // Whoever was to be suspended may have been let go while IAM was asked: what is in force is known, and taken off.
        InForce => state switch
        {
            Grace => new Suspended(now),
            Suspended => state,
            Restored restored => new Suspended(now, restored.Why, restored.ByHand),
            _ => new Suspended(now, NotAskedFor),
        },
        // A person undid what is asked for: it is due at once, without another grace.
        NotInForce => state switch
        {
            Suspended { Ends: { } why } suspended => new Restored(now, why, suspended.ByHand),
            Suspended => new Grace(now, []) { Approved = true },
            _ => state,
        },
        Refused(var reasons, var sure) => state is Grace grace && (grace.Refused != reasons || grace.RefusedForSure != sure)
            ? grace with { Refused = reasons, RefusedForSure = sure }
            : state,
        _ => throw new InvalidOperationException($"{@event.GetType()} is no case of AiEvent."),
    };

    private static AiState OnOver(AiState state, ResponseMode mode, TimeSpan grace, DateTimeOffset now) => state switch
    {
        Restored { ByHand: true } or Suspended { ByHand: true } => state,
        Suspended suspended when mode == ResponseMode.WATCH => suspended.Ends is null ? suspended with { Ends = OnlyWatched } : state,
        // Another window has a grace, and a person's approval, of its own.
        Suspended { Ends: NewWindowBegan } => state,
        // What a pool asked for is no approval of what its own row asks for.
        Suspended { Ends: PoolEnded } when mode == ResponseMode.CONFIRM => state,
        Suspended suspended => suspended.Ends is null ? state : suspended with { Ends = null },
        // What an edit says now counts: whoever is to be asked has not been.
        Grace { Approved: false } when mode == ResponseMode.CONFIRM => new Exceeded(),
        Grace when mode != ResponseMode.WATCH => state,
        Exceeded when mode != ResponseMode.ARMED => state,
        _ => mode == ResponseMode.ARMED ? new Grace(now + grace, []) : new Exceeded(),
    };

    private static AiState OnBelow(AiState state, AiStanding standing) => (state, standing) switch
    {
        (Suspended suspended, _) => suspended.Ends is null ? suspended with { Ends = BelowLimit } : state,
        (Active, AiStanding.Within) or (Warned, AiStanding.Warned) or (Critical, AiStanding.Critical) => state,
        (Restored { ByHand: true }, _) => state,
        (_, AiStanding.Warned) => new Warned(),
        (_, AiStanding.Critical) => new Critical(),
        _ => new Active(),
    };

    private static string Taken(string by, string why) => $"{by} gave it back: {why}";
}
