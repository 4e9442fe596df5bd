using System.Text.RegularExpressions;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// The key of a row as files hold it. Spreadsheets take account ids for numbers: they drop leading zeros and round long ones. What can only mean one account is
/// read as it; what cannot is left as it stands, with what happened to it.
/// </summary>
internal static partial class AccountKey
{
    /// <returns>The key, and what is wrong with it in the file; null where nothing is or where the rules of rows will say it.</returns>
    public static (string Key, string? Problem) Read(string text)
    {
        if (Wrapped().Match(text) is { Success: true } wrapped) return (wrapped.Groups[1].Value, null);
        if (Dashed().IsMatch(text)) return (text.Replace("-", "", StringComparison.Ordinal), null);
        if (ShortOfZeros().IsMatch(text))
            return (text, $"AccountId: \"{text}\" has {text.Length} digits, an account id has 12: a spreadsheet dropped the leading zeros; write "
                + $"{text.PadLeft(12, '0')}, and format the column as text");
        if (Rounded().IsMatch(text))
            return (text, $"AccountId: \"{text}\" is a number that a spreadsheet rounded, so its digits are lost; format the column as text and put the 12 "
                + "digits in again");
        return (text, null);
    }

    // ="012345678902" and '012345678902 are how spreadsheets keep text that looks like a number.
    [GeneratedRegex(@"\A(?:=""|')([0-9]{12})""?\z")]
    private static partial Regex Wrapped();

    // As the console shows an account id.
    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{4}-[0-9]{4}\z")]
    private static partial Regex Dashed();

    [GeneratedRegex(@"\A[0-9]{9,11}\z")]
    private static partial Regex ShortOfZeros();

    [GeneratedRegex(@"\A[0-9]([.,][0-9]+)?[eE]\+?[0-9]{1,2}\z")]
    private static partial Regex Rounded();
}
