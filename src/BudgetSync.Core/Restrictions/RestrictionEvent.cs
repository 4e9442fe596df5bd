namespace BudgetSync.Core.Restrictions;

/// <summary>What can happen to a restriction.</summary>
public abstract record RestrictionEvent
{
    private RestrictionEvent()
    {
    }

    /// <summary>Its trigger holds, on amounts that can be trusted.</summary>
    public sealed record Found(ResponseMode Mode, TimeSpan Grace) : RestrictionEvent;

    /// <summary>Its row was edited before it began, and it is to begin later than was said, with all that goes before a beginning.</summary>
    public sealed record Postponed(DateTimeOffset Begins) : RestrictionEvent;

    /// <summary>Its reason is gone: the trigger, the rule, its time, or a snooze began.</summary>
    public sealed record Ended(string Why) : RestrictionEvent;

    /// <summary>Its grace is over, and nothing holds it back.</summary>
    public sealed record Due(ResponseMode Mode) : RestrictionEvent;

    /// <summary>A person approved it, and nothing holds it back.</summary>
    public sealed record Approved(string By) : RestrictionEvent;

    /// <summary>No person approved it in time.</summary>
    public sealed record NotApproved : RestrictionEvent;

    /// <summary>A person takes it back.</summary>
    public sealed record LiftAsked(string By, string Why) : RestrictionEvent;

    /// <summary>Whoever carries it out says that all of it is so.</summary>
    public sealed record Done : RestrictionEvent;

    /// <summary>Whoever carries it out says that some of it is not so.</summary>
    public sealed record Refused(EquatableArray<string> Reasons) : RestrictionEvent;

    /// <summary>Whoever carries it out says that nothing of it is left.</summary>
    public sealed record GivenBack : RestrictionEvent;
}
