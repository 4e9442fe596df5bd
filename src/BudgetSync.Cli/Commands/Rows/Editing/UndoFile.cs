using System.Security.Cryptography;
using System.Text;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>
/// One edit on disk: each row before and after, a JSON line each, with DynamoDB's types so that nothing is lost. Written whole before the first row is, so
/// that whatever happens then, both ways are open: on (the rows that are still as before) and back (those that are as after). A checksum ends it: a file that
/// was cut off or edited by hand is not believed. It is no signature: who can write the file can also write the table.
/// </summary>
/// <param name="Checksum">SHA-256 of all lines before the last, in hex.</param>
internal sealed record UndoFile(string Path, UndoHeader Header, string Checksum)
{
    /// <exception cref="CommandException">It cannot be written: then no row is either.</exception>
    public static async Task<UndoFile> WriteAsync(string? path, UndoHeader header, IReadOnlyList<RowChange> changes, ConsoleContext terminal)
    {
        // Until the file has a name, its folder is what a failure is about.
        var target = path ?? UndoFolder.Of(terminal.Environment);
        try
        {
            await using var file = path is null ? UndoFolder.Create(target, header.ChangedAt) : new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            target = file.Name;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var line in changes.Select(UndoLine.Of).Prepend(UndoLine.Of(header)))
            {
                var bytes = Encoding.UTF8.GetBytes(line);
                hash.AppendData(bytes);
                await file.WriteAsync(bytes);
            }

            var checksum = Convert.ToHexStringLower(hash.GetCurrentHash());
            await file.WriteAsync(Encoding.UTF8.GetBytes(UndoLine.OfChecksum(checksum)));
            // On the disk and not only in a cache: it must outlive the machine's last moment.
            file.Flush(flushToDisk: true);
            if (path is not null) await CopyAsync(file, header, terminal);
            return new UndoFile(target, header, checksum);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{target}: what undoes the edit cannot be written, so no row was: {exception.Message} Give another --undo-file.");
        }
    }

    /// <summary>Without a copy in the folder of edits, an undo without a file would take back the edit before this one.</summary>
    private static async Task CopyAsync(FileStream file, UndoHeader header, ConsoleContext terminal)
    {
        var folder = UndoFolder.Of(terminal.Environment);
        try
        {
            await using var written = new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var copy = UndoFolder.Create(folder, header.ChangedAt);
            await written.CopyToAsync(copy);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            terminal.TellFolded(
                Printable.Line($"The edit is not in the folder of edits ({folder}: {exception.Message}), so 'rows undo' needs its file named: {file.Name}"),
                indent: 2);
        }
    }

    /// <summary>What the edit was about.</summary>
    /// <exception cref="CommandException">It cannot be read, is another kind of file, or is not as the edit left it.</exception>
    public static UndoFile Read(string path)
    {
        var bytes = Bytes(path);
        var first = bytes.AsSpan().IndexOf((byte)'\n');
        if (first < 0 || UndoLine.Header(Encoding.UTF8.GetString(bytes, 0, first)) is not { } header)
            throw new CommandException($"{path}: is no file that an edit of this tool left behind; 'rows undo --list' shows those there are.");
        var last = bytes.AsSpan(0, bytes.Length - 1).LastIndexOf((byte)'\n') + 1;
        var checksum = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, last)));
        return bytes[^1] == '\n' && UndoLine.ChecksumOf(Encoding.UTF8.GetString(bytes, last, bytes.Length - last)) == checksum
            ? new UndoFile(path, header, checksum)
            : throw new CommandException(
                $"{path}: is not as the edit left it (its checksum in the last line is missing or another): it was cut off or changed, so it is not believed "
                    + "and no row was written. To write other values, use 'rows export', edit that file, and 'rows import' it.");
    }

    /// <summary>Its rows.</summary>
    /// <exception cref="CommandException">A line is no row, or a row stands twice.</exception>
    public IReadOnlyList<(RowImage? Before, RowImage? After)> Rows()
    {
        var lines = Encoding.UTF8.GetString(Bytes(Path)).TrimEnd('\n').Split('\n');
        var rows = new List<(RowImage? Before, RowImage? After)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var line = 2; line < lines.Length; line++)
        {
            try
            {
                rows.Add(UndoLine.Row(lines[line - 1]));
            }
            catch (FormatException exception)
            {
                throw new CommandException($"{Path}: {UndoLine.At(line)}: cannot be read ({exception.Message}). No row was written.");
            }

            var key = (rows[^1].Before ?? rows[^1].After)?.Key ?? "";
            if (!places.TryAdd(key, line))
                throw new CommandException($"{Path}: {UndoLine.At(line)}: \"{key}\" stands in {UndoLine.At(places[key])} too. No row was written.");
        }

        return rows;
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(
                $"{path}: there is no such file; 'budgetsync rows undo --list' shows the edits that can be taken back, and their files.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{path}: cannot be read: {exception.Message}");
        }
    }
}
