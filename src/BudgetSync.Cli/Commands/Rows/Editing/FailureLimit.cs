using System.Globalization;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>How many accounts of a wave may fail before the rest is left: a number, or a part of the wave.</summary>
internal sealed record FailureLimit(decimal Number, bool Percent)
{
    /// <summary>One of fifty: more than chance, and few enough to look at.</summary>
    public static FailureLimit Default { get; } = new(2, Percent: true);

    public static bool TryParse(string text, out FailureLimit? limit, out string problem)
    {
        var percent = text.EndsWith('%');
        var sound = decimal.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (!percent || number <= 100);
        limit = sound ? new FailureLimit(number, percent) : null;
        problem = sound ? "" : $"\"{text}\" is no limit; give a number of accounts, or a part of each wave such as 2%";
        return sound;
    }

    /// <summary>True where so many failures of so many accounts are too many.</summary>
    public bool IsPassedBy(int failed, int of) => failed > (Percent ? Number * of / 100 : Number);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number:0.##}{(Percent ? " %" : "")}");
}
