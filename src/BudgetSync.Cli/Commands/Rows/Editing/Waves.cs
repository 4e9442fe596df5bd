using System.Collections.Immutable;
using System.Globalization;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>How an edit reaches its accounts: some first, more when those are well.</summary>
/// <param name="Sizes">Accounts in each wave; what is left after the last of them is one more.</param>
internal sealed record Waves(ImmutableArray<int> Sizes)
{
    private const string Rest = "rest";

    /// <summary>Reads <c>10,100,rest</c>.</summary>
    public static bool TryParse(string text, out Waves? waves, out string problem)
    {
        waves = null;
        problem = "";
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        var sizes = ImmutableArray.CreateBuilder<int>();
        foreach (var (word, last) in words.Select((word, index) => (word, index == words.Length - 1)))
        {
            if (last && word == Rest) break;
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size == 0)
            {
                problem = $"\"{word}\" is no number of accounts; give for example 10,100,rest";
                return false;
            }

            sizes.Add(size);
        }

        waves = new Waves(sizes.ToImmutable());
        return true;
    }

    /// <summary>
    /// The changes of each wave. A row that reaches more accounts than a wave may is left for a later one; rows that reach few come first, in their order.
    /// </summary>
    /// <param name="weight">How many accounts a change reaches.</param>
    public ImmutableArray<ImmutableArray<RowChange>> Split(IReadOnlyList<RowChange> changes, Func<RowChange, int> weight)
    {
        var left = changes.Select(change => (Change: change, Weight: Math.Max(1, weight(change)))).OrderBy(entry => entry.Weight).ToList();
        var waves = ImmutableArray.CreateBuilder<ImmutableArray<RowChange>>();
        foreach (var size in Sizes)
        {
            var (taken, reached) = (0, 0);
            while (taken < left.Count && reached + left[taken].Weight <= size) reached += left[taken++].Weight;
            if (taken > 0) waves.Add([.. left.Take(taken).Select(entry => entry.Change)]);
            left.RemoveRange(0, taken);
        }

        if (left.Count > 0) waves.Add([.. left.Select(entry => entry.Change)]);
        return waves.ToImmutable();
    }
}
