namespace BudgetSync.Core.Spend.Envelopes;

/// <summary>One account under an envelope, with its account-wide COST budget of the envelope's unit and period; what is null is not known.</summary>
public sealed record EnvelopeMember(AccountId Account, string Name)
{
    /// <summary>The amount that a row of the account itself says; it comes off an envelope's amount before that is shared out.</summary>
    public decimal? OwnAmount { get; init; }

    /// <summary>In force now. Null where the account has no such budget.</summary>
    public decimal? Limit { get; init; }

    public decimal? Actual { get; init; }

    /// <summary>AWS's, or else ours (<see cref="Trend.SpendForecast.Own"/>).</summary>
    public decimal? Forecast { get; init; }

    /// <summary>For PROPORTIONAL: a row's Weight, or the median of the last three full months. At least 0.</summary>
    public decimal? Weight { get; init; }
}
