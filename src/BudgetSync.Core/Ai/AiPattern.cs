namespace BudgetSync.Core.Ai;

/// <summary>
/// A name, or one in which <c>*</c> stands for any number of any characters: <c>role/DataScience</c>, <c>BedrockAPIKey-*</c>, <c>anthropic.*</c>. Letters are
/// compared as they are written.
/// </summary>
public static class AiPattern
{
    /// <summary>True: it may match more than one name.</summary>
    public static bool IsOpen(string pattern) => pattern.Contains(Wildcard.Any, StringComparison.Ordinal);

    public static bool Matches(string pattern, string name) => Wildcard.Matches(pattern, name, StringComparison.Ordinal);

    /// <summary>
    /// The strongest of those that match: the name itself, then the one with the most characters beside <c>*</c>, then the first in order of characters. Null
    /// where none matches.
    /// </summary>
    public static string? Strongest(IEnumerable<string> patterns, string name) => patterns
        .Where(pattern => Matches(pattern, name))
        .OrderBy(pattern => pattern == name ? 0 : 1)
        .ThenByDescending(pattern => pattern.Count(character => character != Wildcard.Any))
        .ThenBy(pattern => pattern, StringComparer.Ordinal)
        .FirstOrDefault();
}
