using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// Rows from a file: CSV with attribute names as headers, a spreadsheet, JSON, JSON Lines, YAML, or what <c>aws dynamodb scan</c> prints. What it is, its
/// content says; only YAML may need its name for it.
/// </summary>
internal static class RowFile
{
    /// <summary>A table of 10,000 accounts with long rows is a tenth of this; more is some other file.</summary>
    public const long MaximumBytes = 64 * 1024 * 1024;

    /// <summary>What the help says of an argument that is such a file.</summary>
    public const string Description = "Rows as CSV with attribute names as headers, .xlsx, JSON, JSON Lines, YAML, or what 'aws dynamodb scan' prints; - is "
        + "standard input";

    private const string KeepOne = "; a table has one row for each, so keep one";

    /// <summary>The name by which standard input is asked for.</summary>
    private const string StandardInput = "-";

    /// <summary>Reads every row, in the file's order.</summary>
    /// <param name="path">A file, or - for standard input.</param>
    /// <exception cref="CommandException">
    /// The file cannot be read, is neither CSV nor JSON, holds no row, or a line of it belongs to none. A wrong row is never an exception: it is an entry with
    /// problems.
    /// </exception>
    public static async Task<IReadOnlyList<RowEntry>> ReadAsync(
        string path,
        ConsoleContext terminal,
        CancellationToken cancellation,
        HeadingCertainty headings = HeadingCertainty.Sure)
    {
        var name = NameOf(path);
        var (rows, notices) = Read(path, name, await BytesAsync(path, name, terminal, cancellation), headings);
        foreach (var notice in notices) await terminal.Error.WriteLineAsync(Printable.Line(notice));
        if (rows.Count == 0) throw new CommandException($"{name}: holds no row; is it the right file?");
        return MarkDuplicates(rows);
    }

    private static RowsRead Read(string path, string name, byte[] bytes, HeadingCertainty headings)
    {
        if (XlsxReader.IsSpreadsheet(bytes)) return XlsxRows.Read(name, bytes, headings);
        if (XlsxReader.Unreadable(path, bytes) is { } unreadable) throw new CommandException($"{name}: {unreadable}");
        var text = RowFileText.Decode(name, bytes);
        var first = text.AsSpan().TrimStart("\uFEFF \t\r\n");
        if (RowFormats.OfPath(path) != RowFormat.Yaml && (first.StartsWith("[") || first.StartsWith("{"))) return new RowsRead(JsonRows.Read(name, text), []);
        return RowFormats.OfPath(path) == RowFormat.Yaml || YamlRows.IsYaml(text) ? YamlRows.Read(name, text) : CsvRows.Read(name, text, headings);
    }

    /// <summary>What messages call the file.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : path;

    private static async Task<byte[]> BytesAsync(string path, string name, ConsoleContext terminal, CancellationToken cancellation)
    {
        // Opened as a file, a folder is told as one that may not be read.
        if (path != StandardInput && Directory.Exists(path)) throw new CommandException($"{name}: is a folder; name a file of rows in it.");
        try
        {
            await using var source = path == StandardInput ? terminal.In : File.OpenRead(path);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await source.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > MaximumBytes)
                    throw new CommandException($"{name}: has more bytes than a file of rows may have ({Number.Of(MaximumBytes)}); is it the right file?");
            }

            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{name}: {Unopened(exception)}");
        }
    }

    private static string Unopened(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file; name one that there is, or - for standard input",
        UnauthorizedAccessException => "may not be read by the user who runs this; give them the right to read it",
        _ => $"cannot be read: {exception.Message}",
    };

    /// <summary>A key that stands twice is wrong in both places: whichever won would be a guess about an account's alarms.</summary>
    private static List<RowEntry> MarkDuplicates(IReadOnlyList<RowEntry> rows)
    {
        // Made once for each key: a file may hold one key in every line.
        var told = rows.Where(row => row.Image.Key.Length > 0)
            .GroupBy(row => row.Image.Key, row => row.Position, StringComparer.Ordinal)
            .Select(group => (group.Key, Places: group.ToList()))
            .Where(group => group.Places.Count > 1)
            .ToDictionary(
                group => group.Key,
                group => $"AccountId: \"{Printable.Key(group.Key)}\" stands in {Places(group.Places)}{KeepOne}",
                StringComparer.Ordinal);
        return [.. rows.Select(row => told.TryGetValue(row.Image.Key, out var problem) ? row with { Problems = [.. row.Problems, problem] } : row)];
    }

    /// <summary>True of the problem that a key stands in several places: it is the same one in each of them.</summary>
    public static bool IsDuplicate(string problem) =>
        problem.StartsWith("AccountId: \"", StringComparison.Ordinal) && problem.EndsWith(KeepOne, StringComparison.Ordinal);

    private static string Places(List<string> places)
    {
        const int most = 10;
        return string.Join(" and ", places.Take(most)) + (places.Count > most ? $" and {Number.Of(places.Count - most)} more places" : "");
    }
}
