using BudgetSync.Core.Organization;
using BudgetSync.Core.Status;

namespace BudgetSync.Core.Reconcile;

/// <summary>One account as an organization, its rows and its past show it: all that reconcile decides by, beside the status row itself.</summary>
/// <param name="HasRow">True where a row is for this very account.</param>
/// <param name="Path">The OUs above it, nearest first, and the root; as <see cref="StatusRow.Path"/>.</param>
public sealed record AccountSnapshot(AccountId Account, AccountStanding Standing, bool HasRow, EquatableArray<string> Path, Intent Intent);
