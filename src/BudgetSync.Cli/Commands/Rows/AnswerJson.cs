using System.Globalization;
using System.Text;
using System.Text.Json;
using BudgetSync.Cli.Commands.Rows.Files;
using BudgetSync.Cli.Terminal;

namespace BudgetSync.Cli.Commands.Rows;

/// <summary>
/// The answers of DynamoDB as tools print them: <c>aws dynamodb scan</c> and <c>query</c> (Items), <c>get-item</c> (Item). Whatever stands around the rows
/// must be known, or a row in it would be lost.
/// </summary>
internal static class AnswerJson
{
    /// <summary>DynamoDB API reference, Scan and GetItem; the last two are what SDKs add.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "Items", "Item", "Count", "ScannedCount", "ConsumedCapacity", "LastEvaluatedKey", "NextToken", "ResponseMetadata", "$metadata",
    };

    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = true };

    /// <summary>The rows of an answer; null where the object is a row.</summary>
    /// <exception cref="CommandException">It is an answer of which rows are lost.</exception>
    public static (string Member, IReadOnlyList<JsonElement> Rows)? Rows(string path, JsonElement root, string text)
    {
        var items = root.TryGetProperty("Items", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
        var isScan = items.ValueKind == JsonValueKind.Array;
        if (!isScan && !(root.TryGetProperty("Item", out var item) && TypedJson.IsItem(item))) return null;
        foreach (var more in new[] { "NextToken", "LastEvaluatedKey" })
        {
            if (root.TryGetProperty(more, out _))
                throw new CommandException(
                    $"{path}: is a scan that was cut off ({more} says that there is more); scan again without --max-items and --no-paginate");
        }

        DemandOne(path, root, text);
        if (!isScan) return ("Item", [root.GetProperty("Item")]);
        if (root.TryGetProperty("Count", out var count) && count.ValueKind == JsonValueKind.Number
            && count.TryGetInt64(out var said) && said != items.GetArrayLength())
            throw new CommandException($"{path}: is a scan that counts {Number.Of(said)} and has {Number.Of(items.GetArrayLength())} in Items; what lacks "
                + "was lost on the way: scan again");
        return ("Items", [.. items.EnumerateArray()]);
    }

    /// <summary>Of a member that stands twice only one would be read, and of a member that no answer has nothing.</summary>
    private static void DemandOne(string path, JsonElement root, string text)
    {
        var names = root.EnumerateObject().Select(member => member.Name).ToList();
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            if (!Known.Contains(name))
                throw new CommandException(
                    $"{path}: {Place(text, index)}: \"{Printable.Line(name)}\" stands beside the rows, where DynamoDB answers nothing of that name; take it "
                        + "out, or give rows alone");
            if (names.IndexOf(name) < index || (name is "Item" or "Items" && names.Take(index).Any(other => other is "Item" or "Items")))
                throw new CommandException(
                    $"{path}: {Place(text, index)}: \"{name}\" stands there a second time, and the rows of one would be lost; give one list of rows");
        }
    }

    /// <summary>Where a member of the outermost object begins.</summary>
    private static string Place(string text, int member)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Lenient);
        for (var left = member + 1; left > 0 && reader.Read();)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1) left--;
        }

        var before = bytes.AsSpan(0, (int)reader.TokenStartIndex);
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {before.Count((byte)'\n') + 1}, column {column}");
    }
}
