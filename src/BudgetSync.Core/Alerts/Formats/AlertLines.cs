using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>An alert as lines of plain text, for descriptions and mails.</summary>
internal static class AlertLines
{
    public static string Of(Alert alert)
    {
        var text = new StringBuilder();
        text.Append(alert.Text);
        if (!alert.Facts.IsEmpty) text.Append("\n\n");
        text.AppendJoin('\n', alert.Facts.Take(ProviderLimits.Facts).Select(fact => $"{fact.Name}: {fact.Value}"));
        if (alert.Note is { Length: > 0 } note) text.Append("\n\nNote: ").Append(Shortened.Cut(note, ProviderLimits.Note));
        return text.ToString();
    }
}
