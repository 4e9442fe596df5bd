namespace BudgetSync.Cli.Commands.Rows.Files;

/// <summary>Rows from a spreadsheet.</summary>
internal static class XlsxRows
{
    public static RowsRead Read(string path, byte[] bytes, HeadingCertainty headings)
    {
        var records = XlsxReader.Read(path, bytes);
        if (records.Count == 0) throw new CommandException($"{path}: its first sheet is empty; its first row should name attributes, for example AccountId, "
            + $"BudgetValue");
        var table = new CellRows(path, "row", records[0], headings);
        var width = records[0].Cells.Count;
        // A spreadsheet has no end of a row: what it does not store is empty, and nothing can be cut off.
        return new RowsRead([.. records.Skip(1).Select(record => table.Read(Padded(record, width)))], table.Notices);
    }

    private static CsvRecord Padded(CsvRecord record, int width) =>
        record.Cells.Count >= width ? record : record with { Cells = [.. record.Cells, .. Enumerable.Repeat("", width - record.Cells.Count)] };
}
