using System.Collections.Immutable;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>
/// Currencies and percent signs that a table shows beside its numbers, in the format of a cell or in a heading. A row's amount is in its Unit, USD where it
/// says none, whatever a table shows: what is shown must say the same.
/// </summary>
internal sealed class ShownUnits
{
    private const string Amount = "BudgetValue";
    private const string Thresholds = "Thresholds";
    private const string Unit = "Unit";

    private readonly ImmutableArray<string> attributes;
    private readonly Dictionary<int, (string Sign, string Place)> headings = [];

    /// <param name="place">Where the headings stand.</param>
    /// <param name="headings">As the file has them.</param>
    /// <param name="attributes">What they are read as.</param>
    /// <exception cref="CommandException">A heading says percent of an amount, or a currency of thresholds.</exception>
    public ShownUnits(string place, IReadOnlyList<string> headings, ImmutableArray<string> attributes)
    {
        this.attributes = attributes;
        for (var column = 0; column < headings.Count; column++)
        {
            var heading = Printable.Key(headings[column]);
            if (attributes[column] == Amount && heading.Contains('%', StringComparison.Ordinal))
                throw new CommandException(
                    $"{place}: the heading \"{heading}\" says percent, and {Amount} is an amount of money; name the column {Thresholds} if it says when to "
                        + "tell, or x-… if it is a note of your own.");
            if (CurrencySign.In(heading) is not { } sign) continue;
            if (attributes[column] == Thresholds)
                throw new CommandException(
                    $"{place}: the heading \"{heading}\" says a currency, and numbers of {Thresholds} are percent; name the column {Thresholds}, and write "
                        + "an amount as 500 ABSOLUTE_VALUE.");
            if (attributes[column] == Amount) this.headings[column] = (sign, $"the heading \"{heading}\"");
        }
    }

    /// <summary>What the cells of a row show that the row does not say.</summary>
    public IEnumerable<string> Problems(CsvRecord record)
    {
        var at = attributes.IndexOf(Unit);
        var unit = at >= 0 && at < record.Cells.Count && record.Cells[at].Length > 0 ? record.Cells[at] : null;
        for (var column = 0; column < Math.Min(attributes.Length, record.Cells.Count); column++)
        {
            if (record.Cells[column].Length == 0 || attributes[column] is not (Amount or Thresholds)) continue;
            if ((record.Currencies.TryGetValue(column, out var shown) || headings.TryGetValue(column, out shown))
                && Problem(attributes[column], shown.Sign, shown.Place, unit) is { } problem)
                yield return problem;
        }
    }

    private static string? Problem(string attribute, string sign, string place, string? unit)
    {
        if (attribute == Thresholds)
            return $"{Thresholds}: {place} shows \"{sign}\", and a number there is percent; write an amount as text, 500 ABSOLUTE_VALUE, and percent without "
                + "a currency";
        if (CurrencySign.IsOf(sign, unit ?? CurrencySign.Default)) return null;
        var read = unit is null ? $"the row has no Unit, so it is read as {CurrencySign.Default}" : $"the row's Unit is \"{Printable.Key(unit)}\"";
        return $"{Amount}: {place} shows \"{sign}\", and {read}; write {CurrencySign.CodeOf(sign)} into a column Unit if that is meant, else take the currency "
            + "away from there";
    }
}
