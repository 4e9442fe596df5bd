namespace BudgetSync.Core.Rows.Reading;

/// <summary>Finds the known name that was meant.</summary>
public static class NearestName
{
    // Further away than a third of the word it is another word, not a slip.
    private const int LettersPerSlip = 3;

    /// <summary>The nearest of the known names, or null when none is near: <c>Treshold</c> gives <c>Thresholds</c>.</summary>
    public static string? Of(string word, IEnumerable<string> known) =>
        known
            .Select(name => (name, distance: Distance(word, name)))
            .Where(candidate => candidate.distance <= Math.Max(1, candidate.name.Length / LettersPerSlip))
            .OrderBy(candidate => candidate.distance)
            .ThenBy(candidate => Math.Abs(candidate.name.Length - word.Length))
            .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
            .Select(candidate => candidate.name)
            .FirstOrDefault();

    // Levenshtein, blind to case: a name in the wrong case is at distance 0 of the right one.
    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > other.Length)
            return int.MaxValue;
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var current = new int[other.Length + 1];
            current[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var swap = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + swap);
            }

            previous = current;
        }

        return previous[^1];
    }
}
