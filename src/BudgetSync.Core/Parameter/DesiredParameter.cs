using BudgetSync.Core.Ai;
using BudgetSync.Core.Budgets;

namespace BudgetSync.Core.Parameter;

/// <summary>
/// What one account's parameter should hold, and what must be known of the rows that ask for it when they go. The one shape in which this travels from the
/// resolver to the status row.
/// </summary>
/// <param name="Document">The parameter document. That of no budgets at all deletes what we manage in the account.</param>
/// <param name="Revision">16 hex digits: equal budgets, equal revision.</param>
/// <param name="From">The scopes of the rows it was made of, nearest first; empty when the budgets are to be deleted.</param>
/// <param name="OnDelete">What shall happen when the nearest of those rows goes.</param>
public sealed record DesiredParameter(string Document, string Revision, EquatableArray<Scope> From, OnDelete OnDelete)
{
    /// <summary>Set when it is a deleted row's OnDelete that asks for it.</summary>
    public RowDeletion? DeletedRow { get; init; }

    /// <summary>
    /// The days on which a limit in the document is another by itself, in order: the text stays, and the spoke is to look at it on that day. Not kept in the
    /// status, for whoever resolves the rows knows them.
    /// </summary>
    public EquatableArray<DateOnly> Turns { get; init; } = [];

    /// <summary>What <see cref="Document"/> says of models beside budgets; null where it says nothing. Not kept, as above.</summary>
    public AiTravel? AiTravel { get; init; }

    /// <summary><see cref="From"/> as key texts, which is what a status row keeps.</summary>
    public EquatableArray<string> FromKeys => [.. From.Select(scope => scope.Key)];
}
