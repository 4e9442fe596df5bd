using BudgetSync.Core;

namespace BudgetSync.Cli.Terminal;

/// <summary>Text from outside (a row, an account's name, an error of AWS) made harmless to show, as <see cref="VisibleText"/> says.</summary>
internal static class Printable
{
    /// <summary>Twice the longest scope there is; what is longer is none, and its beginning says enough.</summary>
    private const int LongestKey = 140;

    /// <summary>A text that may have several lines.</summary>
    public static string Text(string text) => VisibleText.Lines(text);

    /// <summary>A text that is to stay on the line it is put in.</summary>
    public static string Line(string text) => VisibleText.Line(text);

    /// <summary>A row's key or another id as it was written: on one line and of bounded length.</summary>
    public static string Key(string key) => key.Length == 0 ? "(no AccountId)" : Line(key.Length <= LongestKey ? key : key[..LongestKey] + "…");
}
