using System.Globalization;
using System.Text;
using System.Text.Json;
using BudgetSync.Core.Rows;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>JSON from outside: where it is wrong, in lines and columns as editors count them, and what of it would be lost in silence.</summary>
internal static class JsonInput
{
    private const string NotWellFormed = "the text is not well-formed Unicode; write it anew";

    /// <summary>A cell of a CSV file that begins like JSON.</summary>
    public static RowValue ReadCell(string name, string cell, List<string> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(cell);
            problems.AddRange(Losses(document.RootElement, name));
            return RowJson.Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            problems.Add($"{name}: the cell begins like JSON but is not: {Fault(exception, cell)}");
            return new RowValue.Text(cell);
        }
    }

    /// <summary>For example <c>line 3, column 7: 'o' is an invalid start of a value</c>.</summary>
    public static string Fault(JsonException exception, string text)
    {
        var line = (int)(exception.LineNumber ?? 0);
        var start = 0;
        for (var skipped = 0; skipped < line; skipped++) start = text.IndexOf('\n', start) + 1;
        var bytes = Encoding.UTF8.GetBytes(text[start..]);
        // The reader counts bytes; a person counts letters.
        var column = Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)Math.Min(exception.BytePositionInLine ?? 0, bytes.Length)));
        var message = exception.Message;
        var tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (message.IndexOf(" Path:", StringComparison.Ordinal) is >= 0 and var path && path < tail) tail = path;
        return string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, column {column + 1}: {(tail < 0 ? message : message[..tail]).TrimEnd('.')}");
    }

    /// <summary>Names that stand twice in one object, of which a reader keeps one, and names that are no Unicode text, however deep.</summary>
    public static IEnumerable<string> Losses(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = element.EnumerateObject().Select(member => (Name: NameOf(member), member.Value));
                foreach (var group in members.GroupBy(member => member.Name, StringComparer.Ordinal))
                {
                    var here = path.Length == 0 ? group.Key : $"{path}.{group.Key}";
                    if (group.Key.Contains('\uFFFD', StringComparison.Ordinal)) yield return $"{here}: the name is not well-formed Unicode; write it anew";
                    if (group.Skip(1).Any()) yield return $"{here}: stands {group.Count()} times in one {(path.Length == 0 ? "row" : "object")}; keep one";
                    foreach (var loss in group.SelectMany(member => Losses(member.Value, here))) yield return loss;
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    foreach (var loss in Losses(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"))) yield return loss;
                    index++;
                }

                break;
            case JsonValueKind.String when !IsText(element):
                yield return $"{path}: {NotWellFormed}";
                break;
            default:
                break;
        }
    }

    /// <summary>True where the first says of a value that it is no text, and the second says something of the same value.</summary>
    public static bool Covers(string loss, string problem) =>
        loss.EndsWith(NotWellFormed, StringComparison.Ordinal) && problem.StartsWith(loss[..^NotWellFormed.Length], StringComparison.Ordinal);

    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>JSON can spell half a surrogate pair ("\ud800"), which no text may hold and .NET refuses to decode.</summary>
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
