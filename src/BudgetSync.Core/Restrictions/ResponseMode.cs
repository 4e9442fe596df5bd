namespace BudgetSync.Core.Restrictions;

#pragma warning disable CA1707 // The members are spelt as a row spells them.

/// <summary>How much of a response BudgetSync may do by itself.</summary>
public enum ResponseMode
{
    /// <summary>Says what it would have done, and does nothing.</summary>
    WATCH,

    /// <summary>Does it when a person has approved it.</summary>
    CONFIRM,

    /// <summary>Does it after its grace.</summary>
    ARMED,
}

#pragma warning restore CA1707
