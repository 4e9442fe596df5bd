using BudgetSync.Core.Spend;

namespace BudgetSync.Core.Page;

/// <summary>What one budget of an account had in a month, or what the whole account cost.</summary>
/// <param name="Account">Its id.</param>
/// <param name="Name">Its name in the organization; "" where it is not known.</param>
/// <param name="Unit">The OUs above it by name, with <c>/</c> between; "" at the root.</param>
/// <param name="Budget">"" of the line of all that the account cost.</param>
/// <param name="Currency">Of its amounts.</param>
/// <param name="Limit">As the month ended; null of the line of all costs.</param>
/// <param name="Spent">By the month's end, as far as AWS has computed it.</param>
/// <param name="Highest">The loudest state of its days.</param>
/// <param name="DaysOver">Days above the limit; null where that is not known.</param>
/// <param name="Final">False while AWS may still change the amount.</param>
public sealed record ShowbackLine(
    string Account,
    string Name,
    string Unit,
    string Budget,
    string Currency,
    decimal? Limit,
    decimal Spent,
    SpendState Highest,
    int? DaysOver,
    bool Final)
{
    public bool IsWholeAccount => Budget.Length == 0;

    /// <summary>Above 0 is too much.</summary>
    public decimal? Variance => Spent - Limit;

    /// <summary>100 · A/B; null where there is no limit above 0.</summary>
    public decimal? Percent => Limit is > 0 and { } limit ? Statistics.Ratio(Spent, limit) * 100 : null;
}
