using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Parameter;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>Why an edit needs <c>--allow-large</c>: said alike by what makes the edit and by what plans it.</summary>
internal static class EditBrake
{
    private const int MostReasons = 5;

    /// <returns>The reasons in a line; null where the edit is of an ordinary size.</returns>
    public static string? Told(RowEdit edit, StackRows rows, decimal? largestTotal)
    {
        var reasons = AccountBrake.Reasons(edit, rows.Table, rows.Tree, rows.Defaults, largestTotal);
        if (ArmedAccounts.Of(edit, rows).Reason is { } arming) reasons = reasons.Insert(0, arming);
        if (reasons.IsEmpty) return null;
        var told = string.Join("; ", reasons.Take(MostReasons));
        return Printable.Line(reasons.Length > MostReasons ? $"{told}; and {Number.Of(reasons.Length - MostReasons)} more" : told);
    }
}
