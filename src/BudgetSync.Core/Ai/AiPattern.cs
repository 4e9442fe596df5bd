namespace BudgetSync.Core.Ai;

/// <summary>
/// A name, or one in which <c>*</c> stands for any number of any characters: <c>role/DataScience</c>, <c>BedrockAPIKey-*</c>, <c>anthropic.*</c>. Letters are
/// compared as they are written.
/// </summary>
public static class AiPattern
{
    public const char Any = '*';

    public static bool Matches(string pattern, string name)
    {
        var parts = pattern.Split(Any);
        if (parts is [var whole]) return whole == name;
        var (first, last) = (parts[0], parts[^1]);
        if (name.Length < first.Length + last.Length
            || !name.StartsWith(first, StringComparison.Ordinal)
            || !name.EndsWith(last, StringComparison.Ordinal))
            return false;
        // What is between them in order, each at its first place: a later one would leave less for those that follow.
        var (at, end) = (first.Length, name.Length - last.Length);
        foreach (var part in parts[1..^1])
        {
            var found = name.IndexOf(part, at, end - at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return true;
    }

    /// <summary>
    /// The strongest of those that match: the name itself, then the one with the most characters beside <c>*</c>, then the first in order of characters. Null
    /// where none matches.
    /// </summary>
    public static string? Strongest(IEnumerable<string> patterns, string name) => patterns
        .Where(pattern => Matches(pattern, name))
        .OrderBy(pattern => pattern == name ? 0 : 1)
        .ThenByDescending(pattern => pattern.Count(character => character != Any))
        .ThenBy(pattern => pattern, StringComparer.Ordinal)
        .FirstOrDefault();
}
