namespace BudgetSync.Core.Spend.Assessment;

/// <summary>The amounts of a look as they can be used, and how far they can be trusted.</summary>
/// <param name="Trusted">False where they may raise a state but not let one fall.</param>
internal sealed record LookAmounts(decimal? Actual, decimal? Forecast, Freshness Freshness, bool Trusted)
{
    /// <summary>For so long after UpdateBudget AWS may not have computed a spend again.</summary>
    private static readonly TimeSpan ForgottenFor = TimeSpan.FromHours(24);

    /// <summary>
    /// For so long after a period began the amount may still be the last one's: AWS computes every 8 to 12 hours (Cost Management user guide, "Best practices
    /// for AWS Budgets"), and until then a budget says what it said before.
    /// </summary>
    private static readonly TimeSpan UncomputedFor = TimeSpan.FromHours(24);

    /// <summary>As much more than at the last look may have been spent before the period ended.</summary>
    private const decimal SpentSince = 1.1m;

    public static LookAmounts Of(SpendMemory memory, SpendLook look)
    {
        var samePeriod = memory.Period == look.Period;
        var forgotten = look.Actual is null or 0 && look.UpdatedAt is { } written && look.At - written < ForgottenFor;
        var blind = BlindChecks.Of(memory, look, forgotten);
        var uncomputed = !samePeriod && IsOfLastPeriod(memory, look);
        var trusted = !forgotten && !uncomputed && blind.All(reason => reason.Cause == BlindCause.NoForecast);
        Freshness freshness = blind.Length > 0 ? new Freshness.Blind(blind)
            : forgotten ? new Freshness.Held(samePeriod ? memory.AmountsAt : null, $"the budget was written at {AmountText.Of(look.UpdatedAt ?? look.At)}")
            : uncomputed ? new Freshness.Held(null, $"AWS has not computed the period that began on {AmountText.Of(look.Period.Start)}")
            : new Freshness.Current();
        // Of a period that begins blind, forgotten or uncomputed nothing is known; a zero would say that nothing was spent.
        if (!trusted && !samePeriod) return new(null, null, freshness, trusted);
        return forgotten ? new(memory.Actual, memory.Forecast, freshness, trusted) : new(look.Actual, look.Forecast, freshness, trusted);
    }

    /// <summary>
    /// Without this every budget that was over would be over once more in the first hours of the next month. A day has none of those hours to spare: a budget
    /// of
    /// days is taken at its word.
    /// </summary>
    private static bool IsOfLastPeriod(SpendMemory memory, SpendLook look) =>
        memory is { Actual: > 0 and { } last, Period: { } closed }
            && look.Period.Days > 1
            && closed.End == look.Period.Start
            && look.At - new DateTimeOffset(look.Period.Start, TimeOnly.MinValue, TimeSpan.Zero) < UncomputedFor
            && look.Actual >= last
            && look.Actual / SpentSince <= last;
}
