using System.Collections.Immutable;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Building;
using BudgetSync.Core.Spend.Envelopes;

namespace BudgetSync.Core.Coverage;

/// <summary>What is wrong with a row whose key is no account. The same for Propagate and Reconcile, so that neither forgets what the other found.</summary>
public static class KeyProblems
{
    /// <param name="envelope">The row's own envelope; null where it has none.</param>
    public static ImmutableArray<string> Of(RowImage row, EnvelopeLine? envelope, StackDefaults defaults)
    {
        var problems = RowCheck.Problems(row, defaults);
        // Whoever edits with the tool was refused; what came another way cannot be undone here. The accounts keep what their rows say.
        return envelope?.Standing.Allocation is AllocationVerdict.Rejected(var text) ? [.. problems, text] : problems;
    }
}
