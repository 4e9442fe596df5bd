namespace BudgetSync.Cli.Commands.Local.TimeLapse;

/// <summary>How <c>local --time-lapse</c> plays.</summary>
/// <param name="Days">Of the organization's time; null is the whole of the month.</param>
/// <param name="Seconds">Of the person's time who looks on; where nobody does, it plays as fast as it can.</param>
internal sealed record LapseSettings(int? Days, int Seconds)
{
    /// <summary>The first day that is played; null: of the present month.</summary>
    public DateOnly? Month { get; init; }

    /// <summary>A minute.</summary>
    public const int DefaultSeconds = 60;
}
