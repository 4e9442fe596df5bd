using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Ai;

/// <summary>Where one budget of models stands, as a spoke reports it.</summary>
/// <param name="Spent">USD of the window, of the calls whose price is known.</param>
/// <param name="Mode">As the row says.</param>
public sealed record AiLine(AiSubject Subject, AiPeriod Period, decimal Spent, decimal Limit, ResponseMode Mode, AiState State)
{
    public long Calls { get; init; }

    public long Tokens { get; init; }

    /// <summary>As <see cref="AiTotal.UnpricedCalls"/>.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>As <see cref="AiTotal.UncountedCalls"/>.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>As <see cref="AiTotal.Mostly"/>.</summary>
    public string Mostly { get; init; } = "";

    /// <summary>Why it cannot be suspended whatever its mode; "" where it can be.</summary>
    public string Unattachable { get; init; } = "";

    /// <summary>As <see cref="AiRecord.HeldBack"/>.</summary>
    public string HeldBack { get; init; } = "";

    /// <summary>As <see cref="AiRecord.Pool"/>.</summary>
    public string Pool { get; init; } = "";

    /// <summary>Why it is not known whether <see cref="State"/> is so still; "" where it is. The hub says it, no spoke does.</summary>
    public string Doubt { get; init; } = "";

    /// <summary>What its state is called: <c>Suspended</c>, or <see cref="Unknown"/>.</summary>
    public string StateName => Doubt.Length > 0 ? Unknown : State.Name;

    public const string Unknown = "Unknown";

    /// <summary>Percent of the limit, rounded down.</summary>
    public long Percent => Limit > 0 ? (long)Math.Min(long.MaxValue / 2, Math.Floor(Spent * 100 / Limit)) : 0;
}
