namespace BudgetSync.Core.Spend.History;

/// <summary>What identifies an item in an account's history: the sort key <c>budget#yyyy-mm-dd</c>, so that one budget's days stand in order.</summary>
public readonly record struct HistoryKey(string BudgetName, DateOnly Day) : IComparable<HistoryKey>
{
    /// <summary>Reads <see cref="ToString"/>; false where the text is none. A budget's name may hold # itself, so the last one counts.</summary>
    public static bool TryParse(string text, out HistoryKey key)
    {
        var at = text.LastIndexOf('#');
        if (at > 0 && DayText.Parse(text.AsSpan(at + 1)) is { } day)
        {
            key = new(text[..at], day);
            return true;
        }

        key = default;
        return false;
    }

    public int CompareTo(HistoryKey other)
    {
        var name = string.CompareOrdinal(BudgetName, other.BudgetName);
        return name != 0 ? name : Day.CompareTo(other.Day);
    }

    public override string ToString() => $"{BudgetName}#{DayText.Format(Day)}";
}
