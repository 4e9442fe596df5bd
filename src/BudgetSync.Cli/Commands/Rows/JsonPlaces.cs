using System.Globalization;
using System.Text;
using System.Text.Json;
using BudgetSync.Cli.Commands.Rows.Files;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>In which line of a JSON file a part of a row stands, found when somebody asks: of most rows nobody does.</summary>
/// <param name="text">UTF-8.</param>
/// <param name="start">Of the row's object, in bytes.</param>
/// <param name="line">In which the row begins.</param>
internal sealed class JsonPlaces(ReadOnlyMemory<byte> text, int start, int line)
{
    private Dictionary<string, int>? lines;

    /// <summary>
    /// The line of the part that a problem names, <c>line 4</c> for <c>Responses[1].At: …</c>; null where that is the row's own line, or no part.
    /// </summary>
    public string? Of(string problem)
    {
        lines ??= Read();
        // What is missing in a part is told of the part.
        var found = lines.Where(part => Names(problem, part.Key)).OrderByDescending(part => part.Key.Length).Select(part => part.Value).FirstOrDefault(line);
        return found == line ? null : string.Create(CultureInfo.InvariantCulture, $"line {found}");
    }

    private static bool Names(string problem, string path) =>
        problem.StartsWith(path, StringComparison.Ordinal) && problem.Length > path.Length && problem[path.Length] is ':' or '.' or '[';

    private Dictionary<string, int> Read()
    {
        var bytes = text.Span[start..];
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, MaxDepth = TypedJson.Options.MaxDepth });
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var above = new Stack<Level>();
        var (member, counted, now) = ("", 0, line);
        while (reader.Read())
        {
            now += bytes[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                above.Pop();
                if (above.Count == 0) break;
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var path = above.Peek().Path;
                member = $"{path}{(path.Length == 0 ? "" : ".")}{Encoding.UTF8.GetString(reader.ValueSpan)}";
                found.TryAdd(member, now);
                continue;
            }

            var value = above.TryPeek(out var level) && level.IsArray
                ? string.Create(CultureInfo.InvariantCulture, $"{level.Path}[{level.Count++}]")
                : member;
            found.TryAdd(value, now);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                above.Push(new Level(value, reader.TokenType == JsonTokenType.StartArray));
        }

        return found;
    }

    private sealed record Level(string Path, bool IsArray)
    {
        public int Count { get; set; }
    }
}
