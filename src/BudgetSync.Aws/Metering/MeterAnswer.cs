using System.Globalization;

namespace BudgetSync.Aws.Metering;

/// <summary>What became of a batch of the invocation log.</summary>
/// <param name="Counted">Calls that had not been counted before.</param>
/// <param name="Doubles">Events that had been.</param>
/// <param name="Unpriced">Of the counted: those whose price is not known.</param>
/// <param name="Malformed">Events that are no record of a call of this account.</param>
public sealed record MeterAnswer(int Counted, int Doubles, int Unpriced, int Malformed)
{
    /// <summary>Of the counted: those whose tokens the log does not tell.</summary>
    public int Uncounted { get; init; }

    public static MeterAnswer Nothing { get; } = new(0, 0, 0, 0);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Counted {Counted} calls of models, {Unpriced} of them without a known price, {Uncounted} without counted tokens; "
            + $"{Doubles} had been counted before, {Malformed} events were no records.");
}
