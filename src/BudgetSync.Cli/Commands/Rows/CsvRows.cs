using BudgetSync.Cli.Commands.Rows.Files;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>Rows as a spreadsheet saves them as text.</summary>
internal static class CsvRows
{
    public static RowsRead Read(string path, string text, HeadingCertainty headings = HeadingCertainty.Sure)
    {
        var records = new CsvReader(path, text.TrimStart('\uFEFF'));
        if (records.Read() is not { } header)
            throw new CommandException($"{path}: is empty; its first line should name attributes, for example AccountId,BudgetValue");
        var table = new CellRows(path, "line", header, headings);
        var rows = new List<RowEntry>();
        while (records.Read() is { } record) rows.Add(table.Read(record));
        return new RowsRead(rows, table.Notices);
    }
}
