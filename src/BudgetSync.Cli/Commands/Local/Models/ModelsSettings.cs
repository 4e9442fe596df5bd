namespace BudgetSync.Cli.Commands.Local.Models;

/// <summary>How <c>local --ai</c> plays.</summary>
/// <param name="Seconds">Of the person's time who looks on; where nobody does, it plays as fast as it can.</param>
internal sealed record ModelsSettings(int Seconds)
{
    /// <summary>A minute.</summary>
    public const int DefaultSeconds = 60;
}
