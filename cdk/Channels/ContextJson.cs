using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Channels;

/// <summary>A context value as JSON: CDK gives what stands in cdk.json as lists and dictionaries, and what <c>-c</c> gives as text.</summary>
internal static class ContextJson
{
    /// <summary>Text that names a file is that file's content.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static JsonNode? Read(object? value) => value switch
    {
        string text when text.Trim() is ['[' or '{', ..] => JsonNode.Parse(text),
        string file => JsonNode.Parse(File.ReadAllText(file.Trim())),
        _ => Convert(value),
    };

    private static JsonNode? Convert(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(Text(key), Convert(map[key])))),
        IEnumerable<KeyValuePair<string, object>> map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Convert)]),
        IConvertible number => JsonValue.Create(number.ToDecimal(CultureInfo.InvariantCulture)),
        _ => JsonNode.Parse(Text(value)),
    };

    private static string Text(object value) => System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
