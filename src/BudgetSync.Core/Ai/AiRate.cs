using System.Globalization;

namespace BudgetSync.Core.Ai;

/// <summary>How fast models may be called: a loop that runs away is seen in a minute, long before its money counts.</summary>
/// <param name="Rpm">Calls a minute; null: any number.</param>
/// <param name="Tpm">Tokens of all kinds a minute; null: any number.</param>
/// <param name="WindowSeconds">Over how long both are averaged, one of <see cref="Windows"/>.</param>
public sealed record AiRate(int? Rpm, long? Tpm, int WindowSeconds)
{
    /// <summary>Whole minutes, because calls are counted by the minute.</summary>
    public static IReadOnlyList<int> Windows { get; } = [60, 300, 900];

    public int Minutes => WindowSeconds / 60;

    public override string ToString()
    {
        var calls = Rpm is { } most ? string.Create(CultureInfo.InvariantCulture, $"{most} calls") : "";
        var tokens = Tpm is { } many ? string.Create(CultureInfo.InvariantCulture, $"{many} tokens") : "";
        return $"{calls}{(calls.Length > 0 && tokens.Length > 0 ? " and " : "")}{tokens} a minute{(Minutes > 1 ? $" over {Minutes} minutes" : "")}";
    }
}
