namespace BudgetSync.LocalAws.Iam;

/// <summary>IAM's patterns: <c>*</c> is any run of characters, <c>?</c> any one.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text, StringComparison comparison = StringComparison.Ordinal)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern.AsSpan(p, 1).Equals(text.AsSpan(t, 1), comparison)))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last star takes one character more, and matching goes on behind it.
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}
