using System.Collections.Immutable;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Status;

/// <summary>The desired budgets of one spoke are in its parameter: written now, or found there.</summary>
/// <param name="ParameterVersion">The version that PutParameter answered, or that GetParameter did where the value was right already.</param>
/// <param name="From">The scopes whose rows made the desired budgets, nearest first; empty when the budgets are to be deleted.</param>
public sealed record Propagation(string Revision, long ParameterVersion, ImmutableArray<string> From, OnDelete OnDelete)
{
    /// <summary>When the row was edited, where an edit is what led here.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Set when this carries out the deletion of a row with OnDelete DELETE; clears the mark otherwise.</summary>
    public RowDeletion? DeletedRow { get; init; }
}
