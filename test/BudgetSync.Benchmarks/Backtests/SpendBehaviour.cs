namespace BudgetSync.Benchmarks.Backtests;

/// <summary>How an account spends, month after month.</summary>
internal enum SpendBehaviour
{
    /// <summary>The same each month.</summary>
    Flat,

    /// <summary>2 to 6 % more each month.</summary>
    Growing,

    /// <summary>Up and down with the year by 15 to 35 %.</summary>
    Seasonal,

    /// <summary>In one month of four a batch job that is known and wanted: 1.3 to 1.8 times as much.</summary>
    Spiky,

    /// <summary>Once, in the second third, to 1.5 to 2.5 times or to 0.4 to 0.7 times as much, for good.</summary>
    Step,

    /// <summary>From the seventh month on 8 to 25 % less each month.</summary>
    Dying,
}

/// <summary>One month of a made-up account.</summary>
/// <param name="Ordinary">False where somebody must hear of it: something ran away, or the level stepped up unannounced.</param>
internal readonly record struct MadeMonth(decimal Amount, bool Ordinary);

/// <summary>Accounts made up from a seed. Plain arithmetic, so that whoever plays money elsewhere can use the same behaviours.</summary>
internal static class MadeAccount
{
    /// <summary>In one month of fifteen something runs away, to 1.5 to 3 times what the month would have cost.</summary>
    private const double RunawayRate = 1.0 / 15;

    public static IReadOnlyList<MadeMonth> Months(SpendBehaviour behaviour, Random random, int count)
    {
        var level = Math.Pow(10, Between(random, 2, 4.5));
        var noise = behaviour == SpendBehaviour.Spiky ? 0.10 : Between(random, 0.03, 0.08);
        var growth = Between(random, 0.02, 0.06);
        var (amplitude, phase) = (Between(random, 0.15, 0.35), random.Next(12));
        var stepAt = random.Next(count / 3, 2 * count / 3);
        var step = random.Next(2) == 0 ? Between(random, 1.5, 2.5) : Between(random, 0.4, 0.7);
        var decline = Between(random, 0.08, 0.25);
        return [.. Enumerable.Range(0, count).Select(Month)];

        MadeMonth Month(int month)
        {
            var usual = level * (behaviour switch
            {
                SpendBehaviour.Growing => Math.Pow(1 + growth, month),
                SpendBehaviour.Seasonal => 1 + (amplitude * Math.Sin(2 * Math.PI * (month + phase) / 12)),
                SpendBehaviour.Spiky => random.Next(4) == 0 ? Between(random, 1.3, 1.8) : 1,
                SpendBehaviour.Step => month >= stepAt ? step : 1,
                SpendBehaviour.Dying => Math.Pow(1 - decline, Math.Max(0, month - 5)),
                _ => 1,
            });
            var runaway = random.NextDouble() < RunawayRate;
            var amount = usual * Math.Exp(noise * Normal(random)) * (runaway ? Between(random, 1.5, 3) : 1);
            var steppedUp = behaviour == SpendBehaviour.Step && month == stepAt && step > 1;
            return new(Math.Round((decimal)amount, 2), !runaway && !steppedUp);
        }
    }

    private static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>A draw from the standard normal distribution (Box and Muller).</summary>
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
