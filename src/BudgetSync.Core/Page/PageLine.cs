using BudgetSync.Core.Coverage;
using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>A budget of an account, or an account without one.</summary>
/// <param name="Account">Its id.</param>
/// <param name="Name">Its name in the organization; "" where it has none.</param>
/// <param name="Unit">The organizational unit's name or path; "" at the root.</param>
/// <param name="Budget">The budget's name; "" for an account without one.</param>
/// <param name="Row">Where the account's row stands.</param>
/// <param name="Spend">Where its money stands.</param>
public sealed record PageLine(string Account, string Name, string Unit, string Budget, CoverageState Row, SpendState Spend)
{
    /// <summary>In <see cref="Currency"/>; null where it is not known.</summary>
    public decimal? Limit { get; init; }

    /// <inheritdoc cref="Limit"/>
    public decimal? Actual { get; init; }

    /// <summary>What the period will have cost; AWS's own, else ours.</summary>
    public decimal? Forecast { get; init; }

    /// <summary>The currency, or the usage unit.</summary>
    public string Currency { get; init; } = "";

    /// <summary>1 ends exactly at the limit; null where it is not computed.</summary>
    public decimal? Pace { get; init; }

    /// <summary>The day on which the limit is or was reached; null where that is not before the period's end.</summary>
    public DateOnly? ExhaustedOn { get; init; }

    /// <summary>The period that the amounts are of.</summary>
    public BudgetPeriod? Period { get; init; }

    /// <summary>The amounts at which it alerts, as far as they are known.</summary>
    public EquatableArray<PageThreshold> Thresholds { get; init; } = [];

    /// <summary>When the spoke read the amounts; null where none are known.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Why the amounts are not to be trusted, in words; "" where they are.</summary>
    public string Doubt { get; init; } = "";

    /// <summary>Until when, by whom and why responses and quiet alerts wait, as <see cref="Alerts.SnoozeText"/> says it; "" where they do not.</summary>
    public string Snoozed { get; init; } = "";

    /// <summary>How the states came about, a line each.</summary>
    public EquatableArray<string> Why { get; init; } = [];

    /// <summary>History and curve; null where there is none.</summary>
    public PageCurve? Curve { get; init; }

    /// <summary>100 · A/B; null where one of them is not known.</summary>
    public decimal? Percent => Of(Actual);

    /// <summary>100 · F/B.</summary>
    public decimal? ForecastPercent => Of(Forecast);

    private decimal? Of(decimal? amount) => amount is { } known && Limit is > 0 and { } limit ? Statistics.Ratio(known, limit) * 100 : null;
}
