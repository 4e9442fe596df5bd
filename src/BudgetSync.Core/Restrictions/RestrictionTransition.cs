using static BudgetSync.Core.Restrictions.RestrictionEvent;
using static BudgetSync.Core.Restrictions.RestrictionState;

namespace BudgetSync.Core.Restrictions;

/// <summary>What follows from a state and an event: the whole machine, which RESPONSES.md shows as a table.</summary>
public static class RestrictionTransition
{
    private const string OnlyWatched = "its row only watches now";

    /// <summary>The state that follows; the same object where the event changes nothing.</summary>
    /// <param name="state">Null where there is no restriction yet, or the last one has ended.</param>
    public static RestrictionState? Next(RestrictionState? state, RestrictionEvent @event, DateTimeOffset now) => @event switch
    {
        Found found => OnFound(state, found, now),
        Postponed(var begins) => state is Planned or AwaitingApproval ? new Planned(begins) : state,
        Ended(var why) => OnEnd(state, why, now),
        Due(var mode) => state switch
        {
            Planned when mode == ResponseMode.ARMED => new InForce(now),
            Planned when mode == ResponseMode.CONFIRM => new AwaitingApproval(now + ResponseRule.ApproveWithin),
            _ => state,
        },
        Approved => state is AwaitingApproval ? new InForce(now) : state,
        NotApproved => state is AwaitingApproval ? new Cancelled(now, $"was not approved within {ResponseRule.Text(ResponseRule.ApproveWithin)}") : state,
        LiftAsked(var by, var why) => OnEnd(state, $"{by} took it back: {why}", now),
        Done => state is Failed failed ? new InForce(failed.Since) : state,
        Refused(var reasons) => state switch
        {
            InForce inForce => new Failed(inForce.Since, reasons),
            Failed failed when failed.Reasons != reasons => failed with { Reasons = reasons },
            _ => state,
        },
        GivenBack => state is Revoked revoked ? new Lifted(now, revoked.Why) : state,
        _ => throw new InvalidOperationException($"{@event.GetType()} is no case of RestrictionEvent."),
    };

    private static RestrictionState? OnFound(RestrictionState? state, Found found, DateTimeOffset now) => state switch
    {
        null or Lifted or Cancelled => found.Mode == ResponseMode.WATCH ? new Watched(now) : new Planned(now + found.Grace),
        // The row was edited since: what was only watched gets its whole grace, and what was meant in earnest is not any more.
        Watched when found.Mode != ResponseMode.WATCH => new Planned(now + found.Grace),
        Planned or AwaitingApproval when found.Mode == ResponseMode.WATCH => new Watched(now),
        InForce or Failed when found.Mode == ResponseMode.WATCH => new Revoked(now, OnlyWatched),
        _ => state,
    };

    private static RestrictionState? OnEnd(RestrictionState? state, string why, DateTimeOffset now) => state switch
    {
        Watched or Planned or AwaitingApproval => new Cancelled(now, why),
        InForce or Failed => new Revoked(now, why),
        _ => state,
    };
}
