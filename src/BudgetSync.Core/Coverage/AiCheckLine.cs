namespace BudgetSync.Core.Coverage;

/// <summary>One thing that was looked at before budgets of models are relied on.</summary>
/// <param name="Text">What was found, and where it is not Green what to do about it.</param>
public sealed record AiCheckLine(AiLight Light, string What, string Text);

/// <summary>How it stands.</summary>
public enum AiLight
{
    Green,

    /// <summary>It works, and not for everything.</summary>
    Yellow,

    /// <summary>It does not work.</summary>
    Red,
}
