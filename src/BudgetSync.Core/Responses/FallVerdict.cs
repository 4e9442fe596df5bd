namespace BudgetSync.Core.Responses;

/// <summary>What is to be made of amounts that are below a restriction's trigger.</summary>
internal enum FallVerdict
{
    /// <summary>It ends.</summary>
    Confirmed,

    /// <summary>Events alone say so: the spoke is to be asked.</summary>
    Unasked,

    /// <summary>The spoke does not say so: it stays.</summary>
    Doubted,

    /// <summary>The spoke says that the trigger holds, or nobody can know: it goes on as if no event had said otherwise.</summary>
    Refuted,
}
