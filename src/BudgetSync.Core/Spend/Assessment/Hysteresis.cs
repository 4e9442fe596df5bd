namespace BudgetSync.Core.Spend.Assessment;

/// <summary>
/// A state rises at once and falls slowly: AWS's amounts go back and forth by a few cents around a bound (late refunds, corrected usage), and whoever is told
/// each time stops listening.
/// </summary>
internal static class Hysteresis
{
    /// <summary>AWS refreshes two or three times a day (user guide, Managing your costs with AWS Budgets), so looks closer than that are one look.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromHours(8);

    /// <param name="found">What this look says; not Unknown.</param>
    /// <param name="trusted">False where the amounts are held or blind: such a look may raise a state and never lets one fall.</param>
    /// <param name="renewed">True where a new period or another limit makes what was before no measure.</param>
    public static (SpendState State, EquatableArray<FallingState> Falling) Step(
        SpendMemory memory,
        SpendState found,
        DateTimeOffset at,
        bool trusted,
        bool renewed)
    {
        if (found >= memory.State) return (found, []);
        if (!trusted) return (memory.State, memory.Falling);
        if (renewed) return (found, []);
        var since = memory.Falling.ToDictionary(falling => falling.To, falling => falling.Since);
        var kept = Enum.GetValues<SpendState>()
            .Where(state => state >= found && state < memory.State)
            .Select(state => new FallingState(state, since.GetValueOrDefault(state, at)))
            .ToList();
        var settled = kept.Where(falling => at - falling.Since >= Apart).Select(falling => (SpendState?)falling.To).FirstOrDefault() ?? memory.State;
        return (settled, [.. kept.Where(falling => falling.To < settled)]);
    }
}
