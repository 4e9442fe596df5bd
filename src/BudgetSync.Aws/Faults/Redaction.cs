using BudgetSync.Core;

namespace BudgetSync.Aws.Faults;

/// <summary>Texts that came from outside, made fit to store and to log: bounded, on one line, visible, without e-mail addresses.</summary>
public static class Redaction
{
    public static string Clean(string? text, int maximum = Limits.OutsideText)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = VisibleText.Line(AddressText.Hidden(text).ReplaceLineEndings(" "));
        return clean.Length <= maximum ? clean : string.Concat(clean.AsSpan(0, maximum - 1), "…");
    }
}
