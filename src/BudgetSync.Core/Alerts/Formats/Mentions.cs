using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// Keeps a text of a person from calling others: <c>@channel</c> in a note. Settings and formats of the messages keep it from being read so already; this holds
/// where a workspace's own automation reads them.
/// </summary>
internal static class Mentions
{
    /// <summary>Of no width, and no break: what is seen stays the same.</summary>
    private const char WordJoiner = '\u2060';

    /// <summary>Addresses (<c>name@example.com</c>) stay what they are.</summary>
    public static string Broken(string text)
    {
        if (!text.Contains('@')) return text;
        var broken = new StringBuilder(text.Length + 4);
        for (var index = 0; index < text.Length; index++)
        {
            broken.Append(text[index]);
            if (text[index] == '@' && (index == 0 || !char.IsLetterOrDigit(text[index - 1]))) broken.Append(WordJoiner);
        }

        return broken.ToString();
    }
}
