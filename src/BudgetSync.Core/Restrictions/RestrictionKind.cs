namespace BudgetSync.Core.Restrictions;

#pragma warning disable CA1707 // The members are spelt as a row spells them.

/// <summary>What a response does, weakest first. Nothing here terminates or deletes anything.</summary>
public enum RestrictionKind
{
    /// <summary>Says it, and restricts nothing.</summary>
    NOTIFY,

    /// <summary>Calls that make something new, or start it, are denied.</summary>
    DENY_NEW,

    /// <summary>Calls of AI models are denied.</summary>
    DENY_AI,

    /// <summary>The calls of one of the deployment's own lists are denied.</summary>
    DENY_APIS,

    /// <summary>What runs without being used is stopped.</summary>
    STOP_IDLE,

    /// <summary>What runs and has a tag is stopped.</summary>
    STOP_TAGGED,

    /// <summary>What runs is stopped, beside what is protected by its tag.</summary>
    STOP_ALL,

    /// <summary>Everything is denied, beside BudgetSync's own roles, the organization's and the break-glass roles.</summary>
    QUARANTINE,
}

#pragma warning restore CA1707

/// <summary>What the kinds have in common.</summary>
public static class RestrictionKinds
{
    /// <summary>True: it denies calls, so it may bind some and except others. False: it stops what runs, or says something.</summary>
    public static bool IsDeny(this RestrictionKind kind) =>
        kind is RestrictionKind.DENY_NEW or RestrictionKind.DENY_AI or RestrictionKind.DENY_APIS or RestrictionKind.QUARANTINE;

    /// <summary>True: it stops what runs.</summary>
    public static bool IsStop(this RestrictionKind kind) =>
        kind is RestrictionKind.STOP_IDLE or RestrictionKind.STOP_TAGGED or RestrictionKind.STOP_ALL;

    /// <summary>True: a spoke does it, so it travels in the parameter. QUARANTINE is the organization's, and NOTIFY is done by telling.</summary>
    public static bool IsOfSpoke(this RestrictionKind kind) => kind is not (RestrictionKind.NOTIFY or RestrictionKind.QUARANTINE);
}
