namespace BudgetSync.Core.Ai;

/// <summary>What was used in one window of a budget.</summary>
/// <param name="Spent">USD after the discount, exact, of the calls whose price is known.</param>
public sealed record AiTotal(AiSubject Subject, AiPeriod Period, decimal Spent)
{
    public long Calls { get; init; }

    public TokenCount Tokens { get; init; }

    /// <summary>Calls that are in no amount, because no price is known.</summary>
    public long UnpricedCalls { get; init; }

    /// <summary>Calls that are in no amount, or not all of them, because the log does not tell their tokens.</summary>
    public long UncountedCalls { get; init; }

    /// <summary>The model of which most was spent, and where: <c>amazon.nova-pro-v1:0 in us-east-1</c>; "" where it is not known.</summary>
    public string Mostly { get; init; } = "";

    /// <summary>The last minutes in which there were calls, at least as many as the budget's rate looks at.</summary>
    public EquatableArray<AiMinute> Minutes { get; init; } = [];
}

/// <summary>What was called in one minute.</summary>
/// <param name="Start">The minute's beginning.</param>
public readonly record struct AiMinute(DateTimeOffset Start, long Calls, long Tokens);
