using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// One entry of a pattern's list: a value, or an operator (EventBridge user guide, "Comparison operators for use in event patterns").
/// A list in the event matches when one of its elements does.
/// </summary>
/// <param name="WantsAbsence"><c>{"exists": false}</c>.</param>
internal sealed record LeafMatcher(Func<JsonNode?, bool> Test, bool WantsAbsence = false)
{
    public static LeafMatcher Of(JsonNode? wanted)
    {
        if (wanted is not JsonObject operation) return new LeafMatcher(Equal(wanted));
        if (operation.Count != 1) throw EventPattern.Invalid("a matching operator must be alone in its object");
        var (name, operand) = operation.First();
        return name switch
        {
            "exists" => operand?.GetValueKind() switch
            {
                JsonValueKind.True => new LeafMatcher(static _ => true),
                JsonValueKind.False => new LeafMatcher(static _ => false, WantsAbsence: true),
                _ => throw EventPattern.Invalid("exists takes true or false"),
            },
            "anything-but" => new LeafMatcher(AnythingBut(operand)),
            "numeric" => new LeafMatcher(NumberMatcher.Compare(operand)),
            "cidr" => new LeafMatcher(Cidr(operand)),
            _ => new LeafMatcher(TextMatcher.Of(name, operand)),
        };
    }

    public bool Matches(bool isThere, JsonNode? value)
    {
        var leaves = isThere ? Leaves(value).ToList() : [];
        return leaves.Count == 0 ? WantsAbsence : !WantsAbsence && leaves.Exists(leaf => Test(leaf));
    }

    /// <summary>Lists are seen through, also lists of lists; an empty one has nothing in it that could be there.</summary>
    private static IEnumerable<JsonNode?> Leaves(JsonNode? value) => value is JsonArray items ? items.SelectMany(Leaves) : [value];

    private static Func<JsonNode?, bool> Equal(JsonNode? wanted) => wanted switch
    {
        null => static value => value is null,
        JsonValue when wanted.GetValueKind() == JsonValueKind.Number => NumberMatcher.Equal(wanted),
        // Compared as they are written: "true" and true differ.
        JsonValue => value => value is JsonValue && value.ToJsonString() == wanted.ToJsonString(),
        _ => throw EventPattern.Invalid("a list holds another list"),
    };

    private static Func<JsonNode?, bool> AnythingBut(JsonNode? operand)
    {
        Func<JsonNode?, bool>[] refused = operand switch
        {
            JsonArray { Count: > 0 } many => [.. OfOneKind(many).Select(Equal)],
            JsonObject { Count: 1 } operation => TextMatcher.Within(operation.First().Key, operation.First().Value),
            JsonValue => [.. OfOneKind([operand.DeepClone()]).Select(Equal)],
            _ => throw EventPattern.Invalid("anything-but takes a string, a number, a list of either, or one operator on strings"),
        };
        return value => !Array.Exists(refused, test => test(value));
    }

    private static JsonArray OfOneKind(JsonArray values)
    {
        var kinds = values.Select(value => value?.GetValueKind() ?? JsonValueKind.Null).Distinct().ToList();
        return kinds is [JsonValueKind.String or JsonValueKind.Number]
            ? values
            : throw EventPattern.Invalid("inside anything-but all values are strings, or all are numbers; null, true, false and mixtures are not supported");
    }

    private static Func<JsonNode?, bool> Cidr(JsonNode? operand)
    {
        var text = TextMatcher.TextOf("cidr", operand);
        var parts = text.Split('/');
        if (parts.Length != 2
            || !IPAddress.TryParse(parts[0], out var address)
            || !int.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out var length)
            || length > address.GetAddressBytes().Length * 8)
            throw EventPattern.Invalid($"malformed CIDR \"{text}\"");
        var network = Network(address.GetAddressBytes(), length);
        return value => value is JsonValue && value.GetValueKind() == JsonValueKind.String
            && IPAddress.TryParse(value.ToString(), out var candidate)
            && Network(candidate.GetAddressBytes(), length).AsSpan().SequenceEqual(network);
    }

    private static byte[] Network(byte[] address, int length)
    {
        for (var i = 0; i < address.Length; i++) address[i] &= (byte)((0xFF << Math.Clamp(8 - (length - (i * 8)), 0, 8)) & 0xFF);
        return address;
    }
}
