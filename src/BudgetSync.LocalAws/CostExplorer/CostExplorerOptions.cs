namespace BudgetSync.LocalAws.CostExplorer;

/// <summary>How AWS Cost Explorer behaves beyond its fixed rules.</summary>
public sealed record CostExplorerOptions
{
    /// <summary>
    /// True: members of the organization may ask about their own costs. False, as where the payer has switched it off for them (Cost Management user guide,
    /// "Controlling access to Cost Explorer").
    /// </summary>
    public bool MembersMayAsk { get; init; }

    /// <summary>
    /// Groups on a page, those of all periods together. AWS does not publish its number, and a page may end within a period.
    /// </summary>
    public int GroupsPerPage { get; init; } = 1000;

    /// <summary>Values of all filters together (Cost Management user guide, "Quotas and restrictions": 100 filters).</summary>
    public int MaximumFilterValues { get; init; } = 100;

    /// <summary>Months before the present one that can be asked about, where history for several years is not enabled: 13.</summary>
    public int MonthsOfHistory { get; init; } = 13;

    /// <summary>How long after a month's end its amounts are called estimated: until the bill is final.</summary>
    public TimeSpan BillFinalAfter { get; init; } = TimeSpan.FromDays(5);
}
