namespace BudgetSync.Core.Restrictions;

/// <summary>
/// The most that is known of a budget in one period. What events say may raise it, and only what the account's spoke answers itself may lower it, so that it
/// can be held against a limit that the rows ask for without asking anybody.
/// </summary>
/// <param name="PeriodStart">The first day of the period, by the hub's calendar.</param>
/// <param name="Unit">Of both amounts, for example <c>USD</c>.</param>
/// <param name="Forecast">AWS's own; null where it gave none.</param>
public sealed record KnownSpend(DateOnly PeriodStart, string Unit, decimal Actual, decimal? Forecast)
{
    /// <summary>
    /// The state in force says more than these amounts do (by our own forecast, or because it falls slowly): no limit can be held against them.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>
    /// The most that is known to be spent each day, of a restriction of runway: days that events told raise it, and only what lies between two answers of the
    /// spoke, a day apart, may lower it. Null where nobody told.
    /// </summary>
    public decimal? BurnPerDay { get; init; }

    /// <summary>The answer from which the next one is measured; null before the first.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>What had been spent by the answer of <see cref="AnsweredAt"/>.</summary>
    public decimal? AnsweredActual { get; init; }

    /// <summary>Two answers have said how much is spent each day.</summary>
    public bool IsPaceAnswered { get; init; }
}
