using System.Globalization;
using System.Text;
using System.Text.Json;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// Rows as JSON: an array of objects, one object alone, an object in each line (JSON Lines), or what <c>aws dynamodb scan</c> and <c>get-item</c> print. Each
/// row is plain JSON or DynamoDB's typed JSON.
/// </summary>
internal static class JsonRows
{
    // No comments: one that is opened in one line and closed in a later one hides the rows between.
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = true,
        MaxDepth = TypedJson.Options.MaxDepth,
    };

    public static IReadOnlyList<RowEntry> Read(string path, string text)
    {
        text = text.TrimStart('\uFEFF');
        if (IsLines(text)) return ReadLines(path, text);
        try
        {
            // Rows in a list are told of one by one; what stands around them is looked up.
            using var document = text.AsSpan().TrimStart().StartsWith("[") ? JsonDocument.Parse(text, Lenient) : WellFormedJson.Parse(text, Lenient);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && AnswerJson.Rows(path, root, text) is { } answer)
                return [.. answer.Rows.Select((element, index) => ReadRow(path, element, ScanPosition(answer.Member, index)))];
            var bytes = Encoding.UTF8.GetBytes(text);
            var positions = ElementPositions(bytes, root.ValueKind == JsonValueKind.Array);
            var elements = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
            return [.. elements.Select((element, index) => Placed(ReadRow(path, element, positions[index].Text), element, bytes, positions[index]))];
        }
        catch (JsonException exception)
        {
            throw NotJson(path, JsonInput.Fault(exception, text));
        }
    }

    private static CommandException NotJson(string path, string fault)
    {
        var parts = fault.Split(": ", 2);
        var (place, what) = (parts[0], parts[^1]);
        return new CommandException(what.StartsWith("'/'", StringComparison.Ordinal)
            ? $"{path}: {place}: a comment begins here; JSON has none, and rows inside it would be lost: take it out"
            : $"{path}: {place}: is not JSON: {what}");
    }

    private static string ScanPosition(string member, int index) =>
        member == "Item" ? member : string.Create(CultureInfo.InvariantCulture, $"{member}[{index}]");

    /// <summary>An object that ends in the line it begins in, and more lines.</summary>
    private static bool IsLines(string text)
    {
        var lines = text.TrimStart().Split('\n', 2);
        return lines.Length == 2 && lines[1].AsSpan().TrimStart().StartsWith("{") && lines[0].AsSpan().Trim().EndsWith("}") && lines[0].StartsWith('{');
    }

    private static List<RowEntry> ReadLines(string path, string text)
    {
        var rows = new List<RowEntry>();
        foreach (var (line, index) in text.Split('\n').Select((line, index) => (line.Trim(), index)).Where(line => line.Item1.Length > 0))
        {
            var position = string.Create(CultureInfo.InvariantCulture, $"line {index + 1}");
            try
            {
                using var document = JsonDocument.Parse(line, Lenient);
                rows.Add(ReadRow(path, document.RootElement, position));
            }
            catch (JsonException exception)
            {
                throw NotJson(path, $"{position}{JsonInput.Fault(exception, line)["line 1".Length..]}");
            }
        }

        return rows;
    }

    private static RowEntry ReadRow(string path, JsonElement element, string position)
    {
        RowImage? row;
        try
        {
            row = TypedJson.IsItem(element) ? TypedJson.Row(element) : RowJson.ReadRow(element);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new CommandException($"{path}: {position}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}; write the item as DynamoDB does.");
        }

        if (row is not { } image)
            throw new CommandException(
                $"{path}: {position}: is {element.ValueKind} and should be an object, for example {{\"AccountId\": \"111122223333\", \"BudgetValue\": 1000}}");
        var problems = JsonInput.Losses(element).ToList();
        // A number is what a person writes who does not know that ids are text; its digits are all there.
        var written = image.Attributes.GetValueOrDefault("AccountId") switch
        {
            RowValue.Number(var number) => number,
            RowValue.Text(var key) => key,
            _ => null,
        };
        if (written is null) return new RowEntry(image, position, problems);
        var (read, problem) = AccountKey.Read(written);
        if (problem is not null) problems.Add(problem);
        return new RowEntry(new RowImage(image.Attributes.Items.SetItem("AccountId", new RowValue.Text(read))), position, problems);
    }

    /// <summary>What DynamoDB types has more levels than the row's parts, so only the row's own place is known.</summary>
    private static RowEntry Placed(RowEntry row, JsonElement element, byte[] text, (string Text, int Start, int Line) position) =>
        TypedJson.IsItem(element) ? row : row with { Places = new JsonPlaces(text, position.Start, position.Line) };

    /// <summary>
    /// Where each row begins (the array's elements, or the one object): its line, and its column too where other rows stand before it in that line.
    /// </summary>
    private static List<(string Text, int Start, int Line)> ElementPositions(byte[] bytes, bool isList)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = true });
        var positions = new List<(string Text, int Start, int Line)>();
        var (line, start, counted, rowsOfLine) = (1, 0, 0, 0);
        var depthOfRows = isList ? 1 : 0;
        while (reader.Read())
        {
            if (reader.CurrentDepth != depthOfRows || reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) continue;
            if (depthOfRows == 0 && reader.TokenType == JsonTokenType.PropertyName) continue;
            for (; counted < reader.TokenStartIndex; counted++)
            {
                if (bytes[counted] == '\n') (line, start, rowsOfLine) = (line + 1, counted + 1, 0);
            }

            var column = Encoding.UTF8.GetCharCount(bytes.AsSpan(start, counted - start)) + 1;
            positions.Add((rowsOfLine++ > 0 ? $"line {line}, column {column}" : $"line {line}", counted, line));
        }

        return positions;
    }
}
