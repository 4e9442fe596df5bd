namespace BudgetSync.Core.Rows.Reading;

/// <summary>
/// Names that say what a budget counts, where no filter stands. They are led to where filters are: without its filter a budget counts everything, so nobody is
/// told to remove one.
/// </summary>
internal static class FilterWords
{
    private const string Expression = "FilterExpression";
    private const string Filters = "CostFilters";

    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["and"] = "And",
        ["or"] = "Or",
        ["not"] = "Not",
        ["dimension"] = "Dimensions",
        ["dimensions"] = "Dimensions",
        ["costcategories"] = "CostCategories",
    };

    private const string Tags = "tags";

    /// <summary>Whether a name says what a budget counts, in whatever spelling.</summary>
    public static bool Is(string name) =>
        Plain(name) is var plain
        && (Forms.ContainsKey(plain) || plain == Tags || FilterOf(plain) is not null || DimensionOf(plain) is not null);

    /// <summary>Where it belongs; null where it is no such name, or no filter may stand beside it.</summary>
    /// <param name="known">The names that may stand there.</param>
    public static string? WayOut(string name, IEnumerable<string> known)
    {
        var plain = Plain(name);
        // Inside of a filter the whole list is the way out.
        if (known.Contains("And")) return $"choose from {string.Join(", ", known.Order(StringComparer.Ordinal))}";
        if (!known.Contains(Filters)) return null;
        if (plain == Tags)
            return $"did you mean ResourceTags? A budget that counts what has a tag says so in {Filters} by TagKeyValue, or in {Expression} by Tags";
        if (Forms.GetValueOrDefault(plain) is { } form) return $"it says what a budget counts: write {form} inside of {Expression}";
        if (FilterOf(plain) is { } filter) return $"it says what a budget counts: write {filter} inside of {Filters}";
        return DimensionOf(plain) is { } dimension ? $"it says what a budget counts: write it inside of {Expression} as the dimension {dimension}" : null;
    }

    private static string? FilterOf(string plain) => FilterNames.All.FirstOrDefault(name => Plain(name) == plain);

    private static string? DimensionOf(string plain) => ExpressionShape.Dimensions.FirstOrDefault(name => Plain(name) == plain);

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
