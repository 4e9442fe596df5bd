using System.Globalization;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>The name of a cell, such as <c>B2</c>: its column in letters and the number of its row.</summary>
internal static class XlsxPlace
{
    private const int MostLetters = 5;

    /// <param name="column">Counted from 0.</param>
    /// <param name="row">Counted from 1, as the name has it.</param>
    public static string Of(int column, int row) => string.Create(CultureInfo.InvariantCulture, $"{Letters(column)}{row}");

    /// <param name="column">Counted from 1.</param>
    public static bool TryParse(string place, out int column, out int row)
    {
        var letters = place.TakeWhile(char.IsAsciiLetter).Count();
        column = letters > MostLetters ? int.MaxValue : place.Take(letters).Aggregate(0, (sum, letter) => (sum * 26) + (letter | 0x20) - 'a' + 1);
        return int.TryParse(place.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out row) && letters > 0;
    }

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}
