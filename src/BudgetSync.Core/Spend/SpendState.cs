namespace BudgetSync.Core.Spend;

/// <summary>Where a budget's spend stands against its limit, from quiet to loud. <see cref="SpendBounds"/> says where each begins.</summary>
public enum SpendState
{
    /// <summary>AWS has not computed a spend, or there is no limit to compare it with.</summary>
    Unknown,

    /// <summary>Nothing was spent.</summary>
    Unused,

    /// <summary>Spent, and well below the limit.</summary>
    Under,

    /// <summary>Near the limit, or forecast to come near it: what a well-set budget looks like.</summary>
    OnTarget,

    /// <summary>Above the limit, or forecast to end clearly above it.</summary>
    Over,

    /// <summary>So far above the limit that it needs an action today.</summary>
    Critical,

    /// <summary>So far above the limit that workloads should be stopped.</summary>
    Shutdown,
}
