using BudgetSync.Cli.Stack;
using BudgetSync.Core.Responses;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>What an edit writes that nothing in the deployment carries out.</summary>
internal static class UnsupportedAttributes
{
    /// <returns>A sentence for each setting that is off.</returns>
    public static IEnumerable<string> Of(RowEdit edit, StackRows rows)
    {
        if (rows.Responds == false && Writes(edit, "Responses"))
            yield return $"What rows say by Responses is not carried out: {DeployedStack.NoResponses}";
        if (rows.Responds == false && Writes(edit, "Snooze"))
            yield return $"Snooze keeps alerts below Critical back, and has nothing to lift: {DeployedStack.NoResponses}";
        if (rows.MetersModels == false && Writes(edit, "Ai"))
            yield return $"What rows say by Ai is not carried out: {DeployedStack.NoModels}";
        else if ((rows.Responds == false || rows.HasControls == false) && Writes(edit, "Ai") && edit.Writes.Any(change => AsksForCap(change, rows)))
        {
            var why = rows.Responds == false ? DeployedStack.NoResponses : DeployedStack.NoControls;
            yield return $"Ai.AccountCap only tells, and nobody is suspended for it: {why}";
        }
    }

    private static bool Writes(RowEdit edit, params string[] names) =>
        edit.Writes.Any(change => change.Attributes.Any(attribute => attribute.After is not null && names.Contains(attribute.Name)));

    private static bool AsksForCap(RowChange change, StackRows rows) =>
        change.After is { } row && AiCap.IsIn(RowModels.Of([row], rows.Defaults));
}
