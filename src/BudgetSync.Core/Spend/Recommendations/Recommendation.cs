using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Rows;

namespace BudgetSync.Core.Spend.Recommendations;

/// <summary>How an amount is found.</summary>
public enum RecommendationMethod
{
    /// <summary>Medians, trend, season and noise: <see cref="RobustEstimate"/>.</summary>
    Robust,

    /// <summary>1.1 times the mean, for comparison: <see cref="SimpleEstimate"/>.</summary>
    Simple,
}

/// <summary>What to do with an account's amount.</summary>
public enum RecommendationClass
{
    /// <summary>Nothing is known to go by.</summary>
    None,

    /// <summary>There is no amount yet.</summary>
    New,

    /// <summary>The amount is too small.</summary>
    Raise,

    /// <summary>The amount has been far too large for three months.</summary>
    Lower,

    /// <summary>The amount is right.</summary>
    Keep,

    /// <summary>The account spends nothing to speak of.</summary>
    Idle,

    /// <summary>The months differ too much for any number to be right.</summary>
    Erratic,
}

/// <summary>How much there is to go by.</summary>
public enum Confidence
{
    None,

    /// <summary>One or two months.</summary>
    Low,

    /// <summary>Three months, or more that differ.</summary>
    Medium,

    /// <summary>Six months, and quiet ones.</summary>
    High,
}

/// <summary>What an account's monthly amount should be, and why in one line.</summary>
/// <param name="Amount">Null where no number is right (Idle, Erratic, None).</param>
/// <param name="Now">The amount in force; null where there is none.</param>
public sealed record Recommendation(
    AccountId Account,
    string Unit,
    decimal? Amount,
    decimal? Now,
    RecommendationClass Class,
    Confidence Confidence,
    RecommendationMethod Method,
    string Why)
{
    private const string Value = "BudgetValue";

    /// <summary>True where a row would change.</summary>
    public bool IsChange => Amount is not null && Class is RecommendationClass.New or RecommendationClass.Raise or RecommendationClass.Lower;

    /// <summary>
    /// The account's row with this amount, for a file of rows to be looked at, planned and imported like any other. Null where nothing changes, and where the
    /// amount is not one number of the row: several budgets, a plan of limits, one that AWS adjusts, or amounts that
    /// take over.
    /// </summary>
    /// <param name="row">The row that the account has itself; null where it has none, and then only the amount is its own and all else stays inherited.</param>
    public RowImage? Row(RowImage? row)
    {
        if (!IsChange || Amount is not { } amount) return null;
        var attributes = row?.Attributes.Items ?? ImmutableSortedDictionary.Create<string, RowValue>(StringComparer.Ordinal);
        return attributes.ContainsKey("Budgets") || attributes.ContainsKey("PlannedBudgetLimits") || attributes.ContainsKey("AutoAdjustData")
            || attributes.ContainsKey("Changes")
            ? null
            : new RowImage(attributes
                .SetItem("AccountId", new RowValue.Text(Account.Value))
                .SetItem(Value, new RowValue.Number(amount.ToString("0.##", CultureInfo.InvariantCulture))));
    }
}
