using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Planning;

/// <summary>The writes that make a budget's own tags those of its row. A row that says nothing of tags leaves those it finds.</summary>
internal static class TagChanges
{
    public static IEnumerable<Change> Between(DesiredBudget desired, ActualBudget actual)
    {
        if (desired.ResourceTags is not { } wanted) yield break;
        // Those that go make room for those that come: AWS counts both against its maximum.
        var surplus = actual.Tags.Keys.Where(key => !wanted.ContainsKey(key)).ToImmutableArray();
        if (!surplus.IsEmpty)
            yield return new Change.RemoveTags(desired.Settings.Name, surplus);
        var missing = wanted.Items.Where(tag => !actual.Tags.TryGetValue(tag.Key, out var value) || value != tag.Value)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        if (!missing.IsEmpty)
            yield return new Change.SetTags(desired.Settings.Name, missing);
    }
}
