using System.Text;
using System.Text.Json;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>Rows as a JSON array of objects (one object alone is taken too): plain JSON, not DynamoDB's typed JSON.</summary>
internal static class JsonRows
{
    public static IReadOnlyList<RowEntry> Read(string path, string text)
    {
        text = text.TrimStart('\uFEFF');
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var positions = ElementPositions(text);
            var elements = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToList() : [document.RootElement];
            return [.. elements.Select((element, index) => ReadRow(path, element, positions[index]))];
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{path}: {JsonText.Fault(exception, text).Replace(": ", ": is not JSON: ", StringComparison.Ordinal)}");
        }
    }

    private static RowEntry ReadRow(string path, JsonElement element, string position)
    {
        if (RowJson.ReadRow(element) is not { } image)
            throw new CommandException(
                $"{path}: {position}: is {element.ValueKind} and should be an object, for example {{\"AccountId\": \"111122223333\", \"BudgetValue\": 1000}}");
        var problems = JsonText.Losses(element).ToList();
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

    /// <summary>
    /// Where each row begins (the array's elements, or the one object): its line, and its column too where other rows stand before it in that line.
    /// </summary>
    private static List<string> ElementPositions(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var positions = new List<string>();
        var (line, start, counted, rowsOfLine) = (1, 0, 0, 0);
        var depthOfRows = text.AsSpan().TrimStart().StartsWith("[") ? 1 : 0;
        while (reader.Read())
        {
            if (reader.CurrentDepth != depthOfRows || reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) continue;
            if (depthOfRows == 0 && reader.TokenType == JsonTokenType.PropertyName) continue;
            for (; counted < reader.TokenStartIndex; counted++)
            {
                if (bytes[counted] == '\n') (line, start, rowsOfLine) = (line + 1, counted + 1, 0);
            }

            var column = Encoding.UTF8.GetCharCount(bytes.AsSpan(start, counted - start)) + 1;
            positions.Add(rowsOfLine++ > 0 ? $"line {line}, column {column}" : $"line {line}");
        }

        return positions;
    }
}
