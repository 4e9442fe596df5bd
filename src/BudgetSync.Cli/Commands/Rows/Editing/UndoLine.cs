using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Core.Rows;
using BudgetSync.Core.Rows.Editing;

namespace BudgetSync.Cli.Commands.Rows.Editing;

/// <summary>The lines of an edit's file, each an object of JSON: the header, the rows, and the checksum of all before it.</summary>
internal static class UndoLine
{
    private const string Form = "budgetsync rows edit 2";
    private const string Checksum = "sha256";

    public static string Of(UndoHeader header) => Line(new JsonObject
    {
        ["form"] = Form,
        ["kind"] = header.Origin.Kind.ToString(),
        ["of"] = header.Origin.Of,
        ["table"] = header.Table,
        ["account"] = header.Account,
        ["region"] = header.Region,
        ["endpoint"] = header.Endpoint,
        ["by"] = header.ChangedBy,
        ["at"] = header.ChangedAt,
        ["reason"] = header.Reason,
        ["command"] = header.Command,
        ["added"] = header.Added,
        ["changed"] = header.Changed,
        ["removed"] = header.Removed,
        ["relative"] = header.Relative,
    });

    public static string Of(RowChange change) => Line(new JsonObject { ["before"] = Node(change.Before), ["after"] = Node(change.After) });

    public static string OfChecksum(string checksum) => Line(new JsonObject { [Checksum] = checksum });

    /// <summary>The header; null where the line is none.</summary>
    public static UndoHeader? Header(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject json || Text(json, "form") != Form) return null;
            if (!Enum.TryParse<EditKind>(Text(json, "kind"), out var kind)) return null;
            return new UndoHeader(
                Text(json, "table"),
                Text(json, "account"),
                Text(json, "region"),
                (string?)json["endpoint"],
                Text(json, "by"),
                Text(json, "at"),
                Text(json, "reason"),
                Text(json, "command"),
                new EditOrigin(kind, Text(json, "of")),
                (int?)json["added"] ?? 0,
                (int?)json["changed"] ?? 0,
                (int?)json["removed"] ?? 0)
            {
                Relative = (bool?)json["relative"] ?? false,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The checksum; null where the line is none.</summary>
    public static string? ChecksumOf(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject { Count: 1 } json ? (string?)json[Checksum] : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A row before and after.</summary>
    /// <exception cref="FormatException">The line is none, or its two sides are of two keys.</exception>
    public static (RowImage? Before, RowImage? After) Row(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, TypedJson.Options);
            if (JsonInput.Losses(document.RootElement).FirstOrDefault() is { } loss) throw new FormatException(loss);
            var row = (Before: TypedJson.Row(document.RootElement.GetProperty("before")), After: TypedJson.Row(document.RootElement.GetProperty("after")));
            if ((row.Before ?? row.After) is not { Key.Length: > 0 } || (row is ({ } before, { } after) && before.Key != after.Key))
                throw new FormatException("it is of no row, or of two");
            return row;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    public static string At(int line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");

    private static string Text(JsonObject json, string name) => (string?)json[name] ?? "";

    private static JsonObject? Node(RowImage? row) => row is null ? null : TypedJson.Node(row);

    private static string Line(JsonObject json) => json.ToJsonString() + "\n";
}
