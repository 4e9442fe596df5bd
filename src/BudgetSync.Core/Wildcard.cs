namespace BudgetSync.Core;

/// <summary>Names in which <c>*</c> stands for any number of any characters: <c>BudgetSync*</c>, <c>role/*Science</c>.</summary>
public static class Wildcard
{
    public const char Any = '*';

    public static bool Matches(string pattern, string name, StringComparison how)
    {
        var parts = pattern.Split(Any);
        if (parts is [var whole]) return string.Equals(whole, name, how);
        var (first, last) = (parts[0], parts[^1]);
        if (name.Length < first.Length + last.Length || !name.StartsWith(first, how) || !name.EndsWith(last, how)) return false;
        // What is between them in order, each at its first place: a later one would leave less for those that follow.
        var (at, end) = (first.Length, name.Length - last.Length);
        foreach (var part in parts[1..^1])
        {
            var found = name.IndexOf(part, at, end - at, how);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return true;
    }
}
