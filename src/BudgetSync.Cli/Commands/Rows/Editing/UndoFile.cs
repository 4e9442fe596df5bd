using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>What an edit is about, as its file's first line says.</summary>
/// <param name="Command">What was typed, for people.</param>
internal sealed record UndoHeader(string Table, string Account, string Region, string ChangedBy, string ChangedAt, string Reason, string Command);

/// <summary>
/// One edit on disk: each row before and after, a JSON line each, with DynamoDB's types so that nothing is lost. Written whole before the first row is, so that
/// whatever happens then, both ways are open: on (the rows that are still as before) and back (those that are as after).
/// </summary>
internal static class UndoFile
{
    private const string Folder = ".budgetsync";
    private const string Form = "budgetsync rows edit 1";

    /// <summary>Where the files are when no folder is named: BUDGETSYNC_HOME, else .budgetsync in the home folder, else in the current one.</summary>
    public static string FolderOf(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("BUDGETSYNC_HOME") is { Length: > 0 } own ? own
            : Path.Combine(environment.GetValueOrDefault("HOME") ?? environment.GetValueOrDefault("USERPROFILE") ?? ".", Folder, "edits");

    /// <summary>The files in that folder, the newest first.</summary>
    public static IReadOnlyList<string> All(IReadOnlyDictionary<string, string> environment) => Directory.Exists(FolderOf(environment))
        ? [.. Directory.EnumerateFiles(FolderOf(environment), "*.jsonl").OrderDescending(StringComparer.Ordinal)]
        : [];

    /// <summary>The file that was named: a path, or the name of one in that folder, as the list shows it.</summary>
    public static string? Find(string? named, IReadOnlyDictionary<string, string> environment) =>
        named is not null && !File.Exists(named) && Path.GetFileName(named) == named && File.Exists(Path.Combine(FolderOf(environment), named))
            ? Path.Combine(FolderOf(environment), named)
            : named;

    /// <summary>The newest that can be read: one that was cut off while it was written is of an edit that never began.</summary>
    public static string? Newest(IReadOnlyDictionary<string, string> environment) => All(environment).FirstOrDefault(path =>
    {
        try
        {
            ReadHeader(path);
            return true;
        }
        catch (CommandException)
        {
            return false;
        }
    });

    /// <returns>The file's path.</returns>
    /// <exception cref="CommandException">It cannot be written: then no row is either.</exception>
    public static async Task<string> WriteAsync(string? path, UndoHeader header, IReadOnlyList<RowChange> changes, ConsoleContext terminal)
    {
        // Until the file has a name, its folder is what a failure is about.
        var target = path ?? FolderOf(terminal.Environment);
        try
        {
            if (path is null) target = NewName(target, header.ChangedAt);
            await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            await using (var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true))
            {
                await writer.WriteAsync(Line(HeaderNode(header)));
                foreach (var change in changes)
                    await writer.WriteAsync(Line(new JsonObject { ["before"] = Node(change.Before), ["after"] = Node(change.After) }));
            }

            // On the disk and not only in a cache: it must outlive the machine's last moment.
            file.Flush(flushToDisk: true);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"{target}: what undoes the edit cannot be written, so no row was: {exception.Message} Give another --undo-file.");
        }
    }

    /// <exception cref="CommandException">It cannot be read, or is another kind of file.</exception>
    public static async Task<(UndoHeader Header, IReadOnlyList<(RowImage? Before, RowImage? After)> Rows)> ReadAsync(
        string path,
        CancellationToken cancellation)
    {
        var header = ReadHeader(path);
        var rows = new List<(RowImage?, RowImage?)>();
        var line = 1;
        await foreach (var text in File.ReadLinesAsync(path, cancellation).Skip(1))
        {
            line++;
            try
            {
                using var document = JsonDocument.Parse(text);
                rows.Add((TypedJson.Row(document.RootElement.GetProperty("before")), TypedJson.Row(document.RootElement.GetProperty("after"))));
            }
            catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                throw new CommandException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: line {line}: cannot be read ({exception.Message}); was the file cut off or edited? No row was written."));
            }
        }

        return (header, rows);
    }

    /// <summary>What the edit was about.</summary>
    /// <exception cref="CommandException">It cannot be read, or is another kind of file.</exception>
    public static UndoHeader ReadHeader(string path)
    {
        try
        {
            var first = File.ReadLines(path).FirstOrDefault() ?? "";
            if (JsonNode.Parse(first) is JsonObject json && (string?)json["form"] == Form)
                return new UndoHeader(
                    Text(json, "table"),
                    Text(json, "account"),
                    Text(json, "region"),
                    Text(json, "by"),
                    Text(json, "at"),
                    Text(json, "reason"),
                    Text(json, "command"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Told below.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"{path}: cannot be read: {exception.Message}");
        }

        throw new CommandException($"{path}: is no file that an edit of this tool left behind; 'rows undo --list' shows those there are.");
    }

    private static string NewName(string folder, string at)
    {
        Directory.CreateDirectory(folder);
        var name = at.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        // Two edits in one millisecond are rare and must not share a file.
        return Enumerable.Range(0, 1000)
            .Select(number => Path.Combine(folder, number == 0 ? $"{name}.jsonl" : $"{name}-{number}.jsonl"))
            .First(path => !File.Exists(path));
    }

    private static JsonObject HeaderNode(UndoHeader header) => new()
    {
        ["form"] = Form,
        ["table"] = header.Table,
        ["account"] = header.Account,
        ["region"] = header.Region,
        ["by"] = header.ChangedBy,
        ["at"] = header.ChangedAt,
        ["reason"] = header.Reason,
        ["command"] = header.Command,
    };

    private static string Text(JsonObject json, string name) => (string?)json[name] ?? "";

    private static JsonObject? Node(RowImage? row) => row is null ? null : TypedJson.Node(row);

    private static string Line(JsonObject json) => json.ToJsonString() + "\n";
}
