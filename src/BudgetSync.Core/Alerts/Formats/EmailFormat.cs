using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>A mail by an SNS topic: plain text, with a subject of ASCII.</summary>
public static class EmailFormat
{
    internal static string Body(Alert alert) =>
        Shortened.Cut($"{VisibleText.Lines(alert.Title)}\n\n{AlertLines.Of(alert)}\n\n{alert.DedupKey}", ProviderLimits.EmailText);

    /// <summary>SNS takes no other than ASCII, no line end, and nothing that begins with a blank (API reference, Publish, Subject).</summary>
    public static string Subject(Alert alert) => Shortened.Cut(Shortened.Line("BudgetSync: " + alert.Title), ProviderLimits.EmailSubject, Ascii, "...");

    private static string Ascii(Rune rune) => rune.Value is >= ' ' and <= '~' ? rune.ToString() : "?";
}
