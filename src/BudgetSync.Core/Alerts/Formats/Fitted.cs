namespace BudgetSync.Core.Alerts.Formats;

/// <summary>
/// A message of which a provider bounds the whole: as much of its texts is shown as there is room for. How much a letter takes depends on the letter, one to
/// four bytes and some more where JSON escapes it, so that bounds of the texts alone would have to be those of the worst.
/// </summary>
internal static class Fitted
{
    /// <param name="body">The message with texts of one part in so many of their longest.</param>
    /// <param name="most">What the provider takes, more than a message without texts.</param>
    /// <param name="size">Of a message, as the provider counts.</param>
    public static string Of(Func<int, string> body, int most, Func<string, int> size)
    {
        for (var part = 1; ; part++)
        {
            var whole = body(part);
            if (size(whole) <= most) return whole;
        }
    }
}
