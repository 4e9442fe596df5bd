namespace BudgetSync.Core.Spend.Assessment;

/// <summary>How far the amounts of a budget can be trusted: a flag that stands next to its state.</summary>
public abstract record Freshness
{
    private Freshness()
    {
    }

    /// <summary>AWS has computed them.</summary>
    public sealed record Current : Freshness;

    /// <summary>
    /// They are older ones of the same period, kept because AWS has just forgotten them: UpdateBudget zeroes what it computed, for up to a day.
    /// </summary>
    /// <param name="Since">When the amounts that are shown were read; null where there are none to show.</param>
    public sealed record Held(DateTimeOffset? Since, string Reason) : Freshness;

    /// <summary>AWS does not compute them, or there was no look.</summary>
    public sealed record Blind(EquatableArray<BlindReason> Reasons) : Freshness
    {
        /// <summary>One line for people, for example in a message.</summary>
        public string Text(string budget, string account) =>
            $"Blind: {budget} of {account} {string.Join("; it ", Reasons.Select(reason => reason.Text))}. "
                + (Reasons.All(reason => reason.Cause == BlindCause.NoForecast)
                    ? "Alerts on a forecast do not fire."
                    : "Alerts and responses of this budget do not fire.");
    }
}

/// <summary>Why amounts are not to be trusted.</summary>
public enum BlindCause
{
    /// <summary>AWS says that the budget is unhealthy.</summary>
    Unhealthy,

    /// <summary>The budget's own end has passed.</summary>
    Ended,

    /// <summary>No look for more than a day.</summary>
    NotLooked,

    /// <summary>The amount stands still although the account spends.</summary>
    Frozen,

    /// <summary>AWS gives no forecast although it has had five weeks.</summary>
    NoForecast,
}

/// <param name="Text">The rest of a sentence that begins with the budget: <c>has not been computed by AWS since …</c>.</param>
public readonly record struct BlindReason(BlindCause Cause, string Text);
