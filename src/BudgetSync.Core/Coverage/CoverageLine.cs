using BudgetSync.Core.Status;

namespace BudgetSync.Core.Coverage;

/// <summary>One account, or one row that stands for no account, and where it stands.</summary>
/// <param name="Key">The account's id, or the row's key text.</param>
/// <param name="Name">The account's name in the organization; "" where it has none.</param>
/// <param name="IsAccount">
/// False for rows of OUs, the root and <c>default</c>, for orphans, and for keys that are no scope; they count in no percentage.
/// </param>
/// <param name="Advice">What to do about it; "" where there is nothing to do.</param>
/// <param name="Status">All that is known; null where nothing was done yet.</param>
public sealed record CoverageLine(
    string Key,
    string Name,
    bool IsAccount,
    CoverageState State,
    EquatableArray<string> Reasons,
    string Advice,
    StatusRow? Status);
