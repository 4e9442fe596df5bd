namespace BudgetSync.Core.Ai;

/// <summary>One window of a budget of models.</summary>
/// <param name="Start">In it.</param>
/// <param name="End">Not in it any more.</param>
public readonly record struct AiPeriod(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Holds(DateTimeOffset at) => at >= Start && at < End;

    public override string ToString() => $"{UtcText.Minutes(Start)} to {UtcText.Minutes(End)}";
}
