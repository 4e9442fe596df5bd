namespace BudgetSync.Cli.Terminal;

/// <summary>Words of a command that is printed to be pasted: whatever they hold, a shell reads them as one word each.</summary>
internal static class ShellWord
{
    /// <summary>As it is where no shell sees anything in it, else in single quotes, inside which a POSIX shell (and PowerShell) reads nothing.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:+,%@=\\".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Each with a blank before it.</summary>
    public static string Append(IEnumerable<string> words) => string.Concat(words.Select(word => $" {Quote(word)}"));
}
