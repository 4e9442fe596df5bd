namespace BudgetSync.LocalAws.Billing;

/// <summary>Chance that is the same in every run and can be asked in any order: a number of its own for each seed and place (Vigna's SplitMix64).</summary>
internal static class SeededChance
{
    /// <summary>From 0 on, and below 1.</summary>
    public static decimal Of(long seed, long place)
    {
        unchecked
        {
            var mixed = ((ulong)seed * 0xD1342543DE82EF95) + ((ulong)place * 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return (decimal)(mixed >> 40) / (1UL << 24);
        }
    }
}
