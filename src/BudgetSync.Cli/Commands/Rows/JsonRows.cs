using System.Globalization;
using System.Text;
using System.Text.Json;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>Rows as a JSON array of objects (one object alone is taken too): plain JSON, not DynamoDB's typed JSON.</summary>
internal static class JsonRows
{
    public static IReadOnlyList<RowEntry> Read(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text.TrimStart('\uFEFF'),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var lines = ElementLines(text.TrimStart('\uFEFF'));
            var elements = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToList() : [document.RootElement];
            return [.. elements.Select((element, index) => ReadRow(path, element, string.Create(CultureInfo.InvariantCulture, $"line {lines[index]}")))];
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{path}: is not JSON: {exception.Message}");
        }
    }

    private static RowEntry ReadRow(string path, JsonElement element, string position)
    {
        if (RowJson.ReadRow(element) is not { } image)
            throw new CommandException(
                $"{path}: {position}: is {element.ValueKind} and should be an object, for example {{\"AccountId\": \"111122223333\", \"BudgetValue\": 1000}}");
        var problems = element.EnumerateObject()
            .GroupBy(member => member.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: stands {group.Count()} times in one row; keep one")
            .ToList();
        return new RowEntry(image, position, problems);
    }

    /// <summary>The line on which each row begins: the array's elements, or the one object.</summary>
    private static List<int> ElementLines(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var lines = new List<int>();
        var line = 1;
        var counted = 0;
        var depthOfRows = text.AsSpan().TrimStart().StartsWith("[") ? 1 : 0;
        while (reader.Read())
        {
            if (reader.CurrentDepth != depthOfRows || reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject) continue;
            if (depthOfRows == 0 && reader.TokenType == JsonTokenType.PropertyName) continue;
            for (; counted < reader.TokenStartIndex; counted++)
            {
                if (bytes[counted] == '\n') line++;
            }

            lines.Add(line);
        }

        return lines;
    }
}
