namespace BudgetSync.Core.Spend.Assessment;

/// <summary>The amounts of a look as they can be used, and how far they can be trusted.</summary>
/// <param name="Trusted">False where they may raise a state but not let one fall.</param>
internal sealed record LookAmounts(decimal? Actual, decimal? Forecast, Freshness Freshness, bool Trusted)
{
    /// <summary>For so long after UpdateBudget AWS may not have computed a spend again.</summary>
    private static readonly TimeSpan ForgottenFor = TimeSpan.FromHours(24);

    public static LookAmounts Of(SpendMemory memory, SpendLook look)
    {
        var samePeriod = memory.Period == look.Period;
        var forgotten = look.Actual is null or 0 && look.UpdatedAt is { } written && look.At - written < ForgottenFor;
        var blind = BlindChecks.Of(memory, look, forgotten);
        var trusted = !forgotten && blind.All(reason => reason.Cause == BlindCause.NoForecast);
        Freshness freshness = blind.Length > 0 ? new Freshness.Blind(blind)
            : forgotten ? new Freshness.Held(samePeriod ? memory.AmountsAt : null, $"the budget was written at {AmountText.Of(look.UpdatedAt ?? look.At)}")
            : new Freshness.Current();
        // Of a period that begins blind or forgotten nothing is known; a zero would say that nothing was spent.
        if (!trusted && !samePeriod) return new(null, null, freshness, trusted);
        return forgotten ? new(memory.Actual, memory.Forecast, freshness, trusted) : new(look.Actual, look.Forecast, freshness, trusted);
    }
}
