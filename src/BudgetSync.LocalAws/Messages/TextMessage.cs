namespace BudgetSync.LocalAws.Messages;

/// <summary>
/// A text message as a phone shows it, with what it takes. Sources: 3GPP TS 23.038, 6.2.1 and 6.2.1.1; SNS developer guide, "Publishing SMS messages to a
/// mobile phone" (parts, and 1,600 characters in all).
/// </summary>
internal static class TextMessage
{
    /// <summary>SNS refuses longer ones.</summary>
    private const int Most = 1_600;

    private const string Single = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Double = "^{}\\[~]|€\f";

    public static InboxMessage Of(DateTimeOffset at, string sender, string text) =>
        new(at, sender, text, [Length(text)], text) { Refused = text.Length > Most ? $"it has {text.Length} characters; SNS takes {Most}" : null };

    /// <summary>For example <c>158 of 160 characters: 1 part</c>; of more than one part each has fewer, because they say how they are joined.</summary>
    private static string Length(string text)
    {
        var gsm = text.All(letter => Single.Contains(letter) || Double.Contains(letter));
        var taken = gsm ? text.Sum(letter => Double.Contains(letter) ? 2 : 1) : text.Length;
        var (one, each) = gsm ? (160, 153) : (70, 67);
        var parts = taken <= one ? 1 : (taken + each - 1) / each;
        return $"{taken} of {(parts == 1 ? one : parts * each)} characters: {parts} {(parts == 1 ? "part" : "parts")}";
    }
}
