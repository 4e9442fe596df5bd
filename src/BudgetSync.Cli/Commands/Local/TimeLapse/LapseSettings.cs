namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>How <c>local --time-lapse</c> plays.</summary>
/// <param name="Days">Of the organization's time; null is the whole of the present month.</param>
/// <param name="Seconds">Of the person's time who looks on; where nobody does, it plays as fast as it can.</param>
internal sealed record LapseSettings(int? Days, int Seconds)
{
    /// <summary>True: what runs in the accounts is stopped when their money is gone.</summary>
    public bool Responses { get; init; }

    /// <summary>A minute.</summary>
    public const int DefaultSeconds = 60;
}
