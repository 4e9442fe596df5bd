using System.Collections.Immutable;
using BudgetSync.Core.Budgets;
using BudgetSync.Core.Restrictions;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>One row as read: what concerns the row, and either one budget (<see cref="Flat"/>) or several (<see cref="Budgets"/>).</summary>
internal sealed record RowDraft
{
    public Located<bool>? Enabled { get; init; }

    public Located<OnDelete>? OnDelete { get; init; }

    public Located<Envelope>? Envelope { get; init; }

    public Located<decimal>? Weight { get; init; }

    public Located<ImmutableArray<AlertRoute>>? Notify { get; init; }

    public Located<ImmutableArray<ResponseRule>>? Responses { get; init; }

    public Located<Snooze>? Snooze { get; init; }

    public AiDraft? Ai { get; init; }

    /// <summary>True when Ai was given and could not be read: nothing more is said about it, least of all what is missing.</summary>
    public bool AiIsBroken { get; init; }

    public Located<ImmutableArray<BudgetDraft>>? Budgets { get; init; }

    /// <summary>True when Budgets was given, readable or not: then the row describes no single budget.</summary>
    public bool HasBudgets { get; init; }

    public required BudgetDraft Flat { get; init; }
}
