using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Items;

/// <content>Values that hold no others, and what is said of those that are none.</content>
internal static partial class ItemJson
{
    private static string Text(JsonNode content) =>
        content is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Serialization("a string", content);

    private static bool Truth(JsonNode content) =>
        content.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Serialization("true or false", content),
        };

    private static Bytes Binary(JsonNode content)
    {
        try
        {
            return new Bytes(Convert.FromBase64String(Text(content)));
        }
        catch (FormatException)
        {
            throw Serialization("base64", content);
        }
    }

    private static AwsException Validation(string message) => new("ValidationException", message);

    private static AwsException Serialization(string expected, JsonNode? found) =>
        new("SerializationException", $"An attribute value must hold {expected}, not {found?.ToJsonString() ?? "null"}.");
}
