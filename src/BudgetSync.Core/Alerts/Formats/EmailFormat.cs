using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// A mail by an SNS topic, to which a rule of EventBridge publishes: the mail's text is the JSON of a string then, quotation marks and all, so it is one line
/// without a character that JSON would escape. No target input of EventBridge is without them. Source: EventBridge user guide, "Input transformation", which
/// delivers JSON to every target; LocalStack's tests of it, recorded of AWS, have both an InputPath to a text and an InputTemplate of one in quotation marks.
/// </summary>
internal static class EmailFormat
{
    private const string Between = " · ";

    public static string Body(Alert alert)
    {
        var parts = new List<string> { $"{alert.Title}. {alert.Text}" };
        parts.AddRange(alert.Facts.Take(ProviderLimits.Facts).Select(fact => $"{fact.Name}: {fact.Value}"));
        if (alert.Note is { Length: > 0 } note) parts.Add("Note: " + Shortened.Cut(note, ProviderLimits.Note));
        if (alert.Account.Length > 0) parts.Add(alert.DedupKey);
        return Shortened.Cut(Shortened.Line(string.Join(Between, parts)), ProviderLimits.EmailText, Unescaped);
    }

    /// <summary>What JSON would write with a backslash before it.</summary>
    public static string Unescaped(Rune rune) => rune.Value switch
    {
        '"' => "'",
        '\\' => "/",
        _ => rune.ToString(),
    };
}
