using System.Text;

namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// One part of a text message: 160 characters of the GSM alphabet, of which some take the place of two. One other character would make a part hold 70. Source:
/// 3GPP TS 23.038, 6.2.1 and 6.2.1.1.
/// </summary>
internal static class SmsFormat
{
    private const string Single = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Double = "^{}\\[~]|€";

    private const string End = "...";

    public static string Body(Alert alert)
    {
        var text = $"{alert.Title}. {alert.Text}".Replace("…", End, StringComparison.Ordinal);
        var part = new StringBuilder(ProviderLimits.SmsPart);
        var (taken, fits) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.IsBmp && (Single.Contains((char)rune.Value) || Double.Contains((char)rune.Value)) ? (char)rune.Value : '?';
            taken += Double.Contains(letter) ? 2 : 1;
            if (taken > ProviderLimits.SmsPart) return Cut(part.ToString(), fits) + End;
            part.Append(letter);
            if (taken <= ProviderLimits.SmsPart - End.Length) fits = part.Length;
        }

        return part.ToString();
    }

    /// <summary>After a word, where there is one: half a number would be another number.</summary>
    private static string Cut(string part, int fits) =>
        part[fits] != ' ' && part.LastIndexOf(' ', fits - 1) is > 0 and var space ? part[..space] : part[..fits];

    /// <summary>How many places of a part the text takes; null where it is not of the alphabet.</summary>
    internal static int? Places(string text) =>
        text.All(letter => Single.Contains(letter) || Double.Contains(letter)) ? text.Sum(letter => Double.Contains(letter) ? 2 : 1) : null;
}
