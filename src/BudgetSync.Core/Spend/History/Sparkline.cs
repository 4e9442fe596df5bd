using System.Collections.Immutable;

namespace BudgetSync.Core.Spend.History;

/// <summary>Amounts as one line of blocks: <c>▁▂▄·█</c>.</summary>
public static class Sparkline
{
    /// <summary>What stands where nothing is known: a hole must not look like a day that cost nothing.</summary>
    public const char Hole = '·';

    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>One character for each amount, the largest a full block and 0 and less the lowest.</summary>
    public static string Of(IEnumerable<decimal?> amounts)
    {
        var list = amounts.Select(amount => amount is { } known ? Statistics.Bounded(known) : (decimal?)null).ToImmutableArray();
        var largest = list.Max() ?? 0;
        return string.Concat(list.Select(amount => amount is { } known ? Block(known, largest) : Hole));
    }

    private static char Block(decimal amount, decimal largest) =>
        Blocks[amount <= 0 ? 0 : Math.Clamp((int)Math.Ceiling((Statistics.Ratio(amount, largest) ?? 0) * Blocks.Length) - 1, 0, Blocks.Length - 1)];
}
