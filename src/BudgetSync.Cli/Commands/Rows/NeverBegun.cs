using System.Collections.Immutable;
using BudgetSync.Cli.Commands.Rows.Editing;
using BudgetSync.Core;
using BudgetSync.Core.Organization;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>Responses of rows of which nothing can come: a line for each, with the keys of the rows.</summary>
internal static class NeverBegun
{
    /// <summary>Of a file alone: accounts inherit from its default row, and from those of units, by which not known here.</summary>
    public static ImmutableArray<string> Of(IReadOnlyList<RowEntry> file, StackDefaults defaults, DateTimeOffset now)
    {
        var images = file.Select(entry => entry.Image).ToList();
        var byDefault = images.Find(row => row.Key == "default");
        var isPathKnown = !images.Exists(row => Scope.TryParse(row.Key) is Scope.OrganizationalUnit or Scope.Root);
        return Of(images, images, row => row == byDefault || byDefault is null ? [] : [byDefault], isPathKnown, defaults, now);
    }

    /// <summary>Of the rows that an edit writes, over those above them.</summary>
    public static ImmutableArray<string> Of(RowEdit edit, StackRows rows, DateTimeOffset now)
    {
        var then = edit.Then(rows.Table);
        return Of(
            edit.Writes.Select(change => change.After).OfType<RowImage>(),
            [.. then.Values],
            row => rows.Above(row.Key).Select(scope => then.GetValueOrDefault(scope.Key)).OfType<RowImage>(),
            isPathKnown: rows.Tree != OrganizationTree.None || !then.Keys.Any(key => Scope.TryParse(key) is Scope.OrganizationalUnit or Scope.Root),
            rows.Defaults,
            now);
    }

    /// <param name="isPathKnown">False: which of all rows an account inherits from is not known, so it may have the budgets of each.</param>
    private static ImmutableArray<string> Of(
        IEnumerable<RowImage> rows,
        IReadOnlyCollection<RowImage> all,
        Func<RowImage, IEnumerable<RowImage>> farther,
        bool isPathKnown,
        StackDefaults defaults,
        DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var ofAll = new Lazy<IReadOnlySet<string>?>(() => Union(all.Select(row => RowResponses.BudgetNames([row], defaults))));
        return WarningLines.Of(rows.Where(row => row.Attributes.ContainsKey("Responses"))
            .SelectMany(row => ResponseWarnings.Of(row, Names(row), defaults, today).Select(text => (row.Key, text))));

        IReadOnlySet<string>? Names(RowImage row)
        {
            var own = RowResponses.BudgetNames([row, .. farther(row)], defaults);
            return isPathKnown && Scope.TryParse(row.Key) is Scope.Account ? own : Union([own, ofAll.Value]);
        }
    }

    private static HashSet<string>? Union(IEnumerable<IReadOnlySet<string>?> sets)
    {
        var union = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in sets)
        {
            if (set is null) return null;
            union.UnionWith(set);
        }

        return union;
    }
}
