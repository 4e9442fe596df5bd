namespace BudgetSync.Core.Ai;

/// <summary>How much of a budget is used, as its rule divides it.</summary>
public enum AiStanding
{
    Within,
    Warned,
    Critical,

    /// <summary>All of it, or more.</summary>
    Over,
}
