using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>A mail by an SNS topic: plain text of several lines under a subject of its own. Source: SNS API reference, Publish.</summary>
internal static class EmailFormat
{
    private const string End = "...";

    public static string Body(Alert alert)
    {
        var text = new StringBuilder(Line(alert.Title)).Append("\n\n").Append(alert.Text);
        if (!alert.Facts.IsEmpty) text.Append("\n\n");
        // What a person has written stays in its line, so that it cannot look like a fact.
        text.AppendJoin('\n', alert.Facts.Take(ProviderLimits.Facts).Select(fact => $"{Line(fact.Name)}: {Line(fact.Value)}"));
        if (alert.Note is { Length: > 0 } note) text.Append("\n\nNote: ").Append(Line(note));
        if (alert.Account.Length > 0) text.Append("\n\n").Append(Line(alert.DedupKey));
        return Shortened.Cut(text.ToString(), ProviderLimits.EmailText);
    }

    private static string Line(string text) => Shortened.Cut(text, ProviderLimits.EmailLine);

    /// <summary>
    /// The title in what SNS takes by the strictest of its documents: ASCII without line ends and control characters, which begins with a letter, a number or
    /// a punctuation mark. What is no such letter is a question mark; the text begins with the title as it is.
    /// </summary>
    public static string Subject(Alert alert)
    {
        var letters = alert.Title.EnumerateRunes().Select(rune => rune.Value is >= ' ' and <= '~' ? (char)rune.Value : '?');
        var text = string.Concat(letters).Trim();
        return text.Length == 0 ? "BudgetSync" : Shortened.Cut(text, ProviderLimits.EmailSubject, End);
    }
}
