using System.Text;

namespace BudgetSync.Core.Rows.Reading;

/// <summary>Texts without half a surrogate pair: a .NET string can hold one, UTF-8 and therefore every wire cannot.</summary>
internal static class WellFormedText
{
    public static bool Is(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>The text with U+FFFD for each half pair.</summary>
    public static string Mend(string text) => Is(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
