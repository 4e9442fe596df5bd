using BudgetSync.Core.Ai;
using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Building;

/// <summary>What rows say of models, whatever else they say.</summary>
public static class RowModels
{
    /// <summary>Null where no row says anything of models, or one says it in a way that cannot be read.</summary>
    public static AiPolicy? Of(IEnumerable<RowImage> nearestFirst, StackDefaults defaults)
    {
        var problems = new ProblemList();
        return AiBuilder.Build([.. nearestFirst.Select(row => RowReader.Read(row, "", problems))], defaults, problems);
    }

    /// <summary>What a row says of models and does not do, as far as no farther row says it already.</summary>
    /// <param name="row">The row.</param>
    /// <param name="farther">Those it inherits from, nearest first.</param>
    /// <param name="defaults">What the stack says.</param>
    public static IEnumerable<string> Warnings(RowImage row, IReadOnlyCollection<RowImage> farther, StackDefaults defaults)
    {
        if (!row.Attributes.ContainsKey(RowAttributes.Ai)) return [];
        var said = Of(farther, defaults) is { } inherited ? AiWarnings.Of(inherited) : [];
        return Of([row, .. farther], defaults) is { } policy ? AiWarnings.Of(policy).Except(said, StringComparer.Ordinal) : [];
    }
}
