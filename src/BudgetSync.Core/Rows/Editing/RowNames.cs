using BudgetSync.Core.Rows.Reading;

namespace BudgetSync.Core.Rows.Editing;

/// <summary>The names of a row's budgets.</summary>
internal static class RowNames
{
    /// <summary>In the row's order, "" for one that inherits its name; none of a row that is not there.</summary>
    public static EquatableArray<string> Of(RowImage? row)
    {
        if (row is null) return [];
        var draft = RowReader.Read(row, "", new ProblemList());
        return [.. (draft.Budgets is { Value: var budgets } ? budgets : [draft.Flat]).Select(budget => budget.Name?.Value ?? "")];
    }
}
