namespace BudgetSync.Core.Budgets;

/// <summary>The one order of grants, so that the same grants give the same document: the first to expire first.</summary>
internal sealed class GrantOrder : IComparer<Grant>
{
    public static readonly GrantOrder Instance = new();

    public int Compare(Grant? one, Grant? other)
    {
        if (one is null || other is null) return (one is null ? 0 : 1) - (other is null ? 0 : 1);
        var days = (one.Until, one.Amount).CompareTo((other.Until, other.Amount));
        if (days != 0) return days;
        var why = string.CompareOrdinal(one.Why, other.Why);
        return why != 0 ? why : string.CompareOrdinal(one.By, other.By);
    }
}
