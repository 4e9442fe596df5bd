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

    /// <summary>A name that is cut keeps so many places; what is still too long then loses its end.</summary>
    private const int ShortestName = 12;

    /// <summary>
    /// Names are what may be long (Budgets API reference, BudgetName: 100 characters), and stand before the amounts and what to do: what is said twice goes
    /// first, then the ends of names.
    /// </summary>
    /// <param name="alert">As it was found: in its text names stand as they are.</param>
    public static string Body(Alert alert)
    {
        // Neither is in it, and both may be long.
        alert = alert with { Facts = [], Note = null };
        var whole = Letters(ShownText.Of(alert).Title, alert);
        if (Places(whole) <= ProviderLimits.SmsPart) return whole;
        var isNamed = Contains(alert.Text, alert.Budget) && Contains(alert.Text, alert.Account);
        var text = WithNames(ShortestName);
        if (Places(text) > ProviderLimits.SmsPart) return Part(text);
        var most = Math.Clamp(Math.Max(alert.Budget.Length, alert.AccountName?.Length ?? 0), ShortestName, ProviderLimits.SmsPart);
        while (Places(text = WithNames(most)) > ProviderLimits.SmsPart) most--;
        return text;

        string WithNames(int letters)
        {
            var named = Named(alert, letters);
            return Letters(ShownText.Of(isNamed ? named with { Account = "", AccountName = null, Budget = "" } : named).Title, named);
        }
    }

    private static bool Contains(string text, string name) => name.Length > 0 && text.Contains(name, StringComparison.Ordinal);

    /// <param name="most">Letters of a name.</param>
    private static Alert Named(Alert alert, int most)
    {
        // The longer first, as the other may be a part of it.
        var text = new[] { alert.Budget, alert.AccountName ?? "" }.Where(name => name.Length > most).OrderByDescending(name => name.Length)
            .Aggregate(alert.Text, (text, name) => text.Replace(name, Shortened.Cut(name, most, End), StringComparison.Ordinal));
        return alert with
        {
            Budget = Shortened.Cut(alert.Budget, most, End),
            AccountName = alert.AccountName is { } name ? Shortened.Cut(name, most, End) : null,
            Text = text,
        };
    }

    /// <summary>Title and text in letters of the alphabet.</summary>
    private static string Letters(string title, Alert alert)
    {
        var text = new StringBuilder();
        foreach (var rune in $"{title}. {ShownText.Of(alert).Text}".Replace("…", End, StringComparison.Ordinal).EnumerateRunes())
            text.Append(rune.IsBmp && (Single.Contains((char)rune.Value) || Double.Contains((char)rune.Value)) ? (char)rune.Value : '?');
        return text.ToString();
    }

    /// <summary>As much of a text as one part takes.</summary>
    private static string Part(string text)
    {
        var (taken, fits) = (0, 0);
        for (var place = 0; place < text.Length; place++)
        {
            taken += Double.Contains(text[place]) ? 2 : 1;
            if (taken > ProviderLimits.SmsPart) return Cut(text, fits) + End;
            if (taken <= ProviderLimits.SmsPart - End.Length) fits = place + 1;
        }

        return text;
    }

    /// <summary>After a word, where there is one: half a number would be another number.</summary>
    private static string Cut(string part, int fits) =>
        part[fits] != ' ' && part.LastIndexOf(' ', fits - 1) is > 0 and var space ? part[..space] : part[..fits];

    /// <summary>How many places of a part the text takes; null where it is not of the alphabet.</summary>
    internal static int? Places(string text) =>
        text.All(letter => Single.Contains(letter) || Double.Contains(letter)) ? text.Sum(letter => Double.Contains(letter) ? 2 : 1) : null;
}
