namespace BudgetSync.Core.Rows.Editing;

/// <summary>What becomes of attributes of the table's rows that no row of an edit has at all.</summary>
public enum UnnamedAttributes
{
    /// <summary>They go: the rows asked for say all.</summary>
    Go,

    /// <summary>The user's own (<c>Note</c>, <c>x-…</c>) stay, the others go.</summary>
    OwnStay,

    /// <summary>They stay.</summary>
    Stay,
}
