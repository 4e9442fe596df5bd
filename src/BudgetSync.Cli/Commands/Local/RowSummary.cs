using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Local;

/// <summary>A row in a word or two, as the person wrote it: <c>1500.5</c>, <c>9000/quarter</c>.</summary>
internal static class RowSummary
{
    private const int LongestText = 16;

    public static string Of(RowImage? row)
    {
        if (row is null) return "(no row)";
        var amount = Word(row.Attributes.GetValueOrDefault("BudgetValue"));
        var period = Word(row.Attributes.GetValueOrDefault("TimeUnit")) switch
        {
            "DAILY" => "day",
            "MONTHLY" => "month",
            "QUARTERLY" => "quarter",
            "ANNUALLY" => "year",
            var other => other,
        };
        return period.Length == 0 ? amount : $"{amount}/{period}";
    }

    private static string Word(RowValue? value) => value switch
    {
        RowValue.Number(var number) => RowProgressCells.Cut(number, LongestText),
        RowValue.Text(var text) => RowProgressCells.Cut(text, LongestText),
        _ => "",
    };
}
