using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>The one order of rows and of their attributes, so that two exports of one table are the same bytes.</summary>
public static class RowOrder
{
    private static readonly Dictionary<string, int> Places = new[] { RowAttributes.Key }
        .Concat(BudgetAttributes.All.Select(attribute => attribute.Name))
        .Concat(RowAttributes.All.Select(attribute => attribute.Name).Where(name => name != RowAttributes.Key))
        .Select((name, index) => (name, index))
        .ToDictionary(place => place.name, place => place.index, StringComparer.Ordinal);

    /// <summary>Every attribute that a row may have, in order; beside these only the user's own (<c>x-…</c>).</summary>
    public static IEnumerable<string> KnownNames => Places.Keys;

    /// <summary>An attribute's place; unknown ones come last, in order of name.</summary>
    public static int Of(string attribute) => Places.GetValueOrDefault(attribute, int.MaxValue);

    /// <summary>Names in order.</summary>
    public static IEnumerable<string> Sort(IEnumerable<string> attributes) =>
        attributes.Distinct(StringComparer.Ordinal).OrderBy(Of).ThenBy(name => name, StringComparer.Ordinal);

    /// <summary>Rows from the widest scope to the single account: <c>default</c>, the root, OUs, accounts; within each by key.</summary>
    public static IEnumerable<RowImage> Sort(IEnumerable<RowImage> rows) => rows.OrderBy(row => Width(row.Key)).ThenBy(row => row.Key, StringComparer.Ordinal);

    private static int Width(string key) => Scope.TryParse(key) switch
    {
        Scope.Default => 0,
        Scope.Root => 1,
        Scope.OrganizationalUnit => 2,
        Scope.Account => 3,
        _ => 4,
    };
}
