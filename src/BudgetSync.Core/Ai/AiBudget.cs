using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>What a principal, a pool or an account may spend on models, and what happens on the way.</summary>
/// <param name="Limit">USD in one window.</param>
/// <param name="Warn">Percent of the limit.</param>
/// <param name="Critical">Percent of the limit.</param>
/// <param name="Grace">From when the limit is reached to the suspension; there is one, and nothing begins it again.</param>
public sealed record AiBudget(decimal Limit, AiWindow Window, decimal Warn, decimal Critical, TimeSpan Grace, ResponseMode Mode)
{
    /// <summary>Where no row says otherwise. It only watches.</summary>
    public static AiBudget Default { get; } = new(1, AiWindow.ThirtyDays, 70, 90, TimeSpan.FromMinutes(5), ResponseMode.WATCH);

    /// <summary>True: a role is suspended too, although others than one person may use it.</summary>
    public bool Shared { get; init; }

    /// <summary>How fast models may be called; null: as fast as AWS allows.</summary>
    public AiRate? Rate { get; init; }

    /// <summary>
    /// Where an amount stands. What has no price is in no amount, so it leads nowhere; no more does a limit of zero, which is a slip and no budget.
    /// </summary>
    /// <param name="spent">USD of the window.</param>
    public AiStanding Of(decimal spent) =>
        spent <= 0 || Limit <= 0 ? AiStanding.Within
        : spent >= Limit ? AiStanding.Over
        : spent * 100 >= Limit * Critical ? AiStanding.Critical
        : spent * 100 >= Limit * Warn ? AiStanding.Warned
        : AiStanding.Within;
}
