using System.Text;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>Rows from a file: CSV with attribute names as headers, or a JSON array of objects. What the first character says it is.</summary>
internal static class RowFile
{
    /// <summary>A table of 10,000 accounts with long rows is a tenth of this; more is some other file.</summary>
    public const long MaximumBytes = 64 * 1024 * 1024;

    /// <summary>Reads every row, in the file's order.</summary>
    /// <exception cref="CommandException">
    /// The file cannot be read or is neither CSV nor JSON. A wrong row is never an exception: it is an entry with problems.
    /// </exception>
    public static async Task<IReadOnlyList<RowEntry>> ReadAsync(string path, CancellationToken cancellation)
    {
        string text;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaximumBytes)
                throw new CommandException($"{path}: {length} bytes is more than a file of rows may have ({MaximumBytes}); is it the right file?");
            text = await File.ReadAllTextAsync(path, new UTF8Encoding(false, true), cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: cannot be read: {exception.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException($"{path}: is not UTF-8 text; save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
        }

        var first = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        var rows = first.StartsWith("[") || first.StartsWith("{") ? JsonRows.Read(path, text) : CsvRows.Read(path, text);
        return MarkDuplicates(rows);
    }

    /// <summary>A key that stands twice is wrong in both places: whichever won would be a guess about somebody's alarms.</summary>
    private static List<RowEntry> MarkDuplicates(IReadOnlyList<RowEntry> rows)
    {
        var places = rows.Where(row => row.Image.Key.Length > 0).ToLookup(row => row.Image.Key, row => row.Position, StringComparer.Ordinal);
        return [.. rows.Select(row => places[row.Image.Key].Count() < 2
            ? row
            : row with
            {
                Problems =
                [
                    .. row.Problems,
                    $"AccountId: \"{row.Image.Key}\" stands in {string.Join(" and ", places[row.Image.Key])}; a table has one row for each, so keep one"
                ]
            })];
    }
}
