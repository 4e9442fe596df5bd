namespace BudgetSync.Core.Coverage;

/// <summary>What the reader of a state should do about it, in a sentence.</summary>
internal static class CoverageAdvice
{
    public static string For(CoverageState state) => state switch
    {
        CoverageState.Applied => "",
        CoverageState.Pending => "wait: it is tried again by itself",
        CoverageState.Blocked => "deploy the spoke stack to this account, or let it assume the spoke role; it is tried again by itself",
        CoverageState.Rejected => "correct the row as the reasons say",
        CoverageState.Failed => "look into the log of BudgetSync-Apply in this account; it is tried again by itself, ever more rarely",
        CoverageState.Unchecked => "look whether the spoke stack of this account is whole and its schedule enabled",
        CoverageState.Uncovered => "add a row for this account, its OU or default, unless it is meant to have no budget",
        CoverageState.Orphan => "delete the row, or correct its AccountId",
        _ => throw new InvalidOperationException($"{state} is no case of CoverageState."),
    };
}
