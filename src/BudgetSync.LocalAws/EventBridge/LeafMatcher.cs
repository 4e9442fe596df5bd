using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>One entry of a pattern's list: a value, or an operator. A list in the event matches when one of its elements does.</summary>
/// <param name="WantsAbsence"><c>{"exists": false}</c>.</param>
internal sealed record LeafMatcher(Func<JsonNode?, bool> Test, bool WantsAbsence = false)
{
    /// <summary>The bounds of numeric matching, both ways (EventBridge user guide, "Comparison operators for use in event patterns").</summary>
    private const decimal LargestNumber = 5_000_000_000m;

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
            "numeric" => new LeafMatcher(Numeric(operand)),
            "cidr" => new LeafMatcher(Cidr(operand)),
            _ => new LeafMatcher(OnText(name, operand)),
        };
    }

    public bool Matches(bool present, JsonNode? value)
    {
        if (!present) return WantsAbsence;
        if (WantsAbsence) return false;
        return value is JsonArray items ? items.Any(Test) : Test(value);
    }

    private static Func<JsonNode?, bool> Equal(JsonNode? wanted) => wanted switch
    {
        null => static value => value is null,
        // Compared in the form they are written in: 300 and 300.0 differ, and so do "300" and 300.
        JsonValue => value => value is JsonValue && value.ToJsonString() == wanted.ToJsonString(),
        _ => throw EventPattern.Invalid("a list holds another list"),
    };

    private static Func<JsonNode?, bool> OnText(string name, JsonNode? operand)
    {
        if (name is "prefix" or "suffix" && operand is JsonObject insensitive && insensitive["equals-ignore-case"] is { } text)
            return TextTest(name, TextOf(name, text), StringComparison.OrdinalIgnoreCase);
        return TextTest(name, TextOf(name, operand), StringComparison.Ordinal);
    }

    private static Func<JsonNode?, bool> TextTest(string name, string wanted, StringComparison comparison)
    {
        Func<string, bool> test = name switch
        {
            "prefix" => actual => actual.StartsWith(wanted, comparison),
            "suffix" => actual => actual.EndsWith(wanted, comparison),
            "equals-ignore-case" => actual => string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase),
            "wildcard" => actual => Wildcard.Matches(wanted.Replace('?', '\uFFFF'), actual),
            _ => throw EventPattern.Invalid($"\"{name}\" is no matching operator; known are prefix, suffix, anything-but, equals-ignore-case, wildcard, numeric, cidr and exists"),
        };
        return value => value is JsonValue && value.GetValueKind() == JsonValueKind.String && test(value.ToString());
    }

    private static Func<JsonNode?, bool> AnythingBut(JsonNode? operand)
    {
        if (operand is JsonObject { Count: 1 } inner && inner.First().Key is "exists" or "numeric" or "cidr" or "anything-but")
            throw EventPattern.Invalid($"anything-but does not take {inner.First().Key}");
        var refused = operand switch
        {
            JsonArray many => many.Select(Equal).ToArray(),
            JsonObject { Count: 1 } operation when operation.First() is { Value: JsonArray alternatives } => [.. alternatives.Select(alternative => OnText(operation.First().Key, alternative))],
            JsonObject operation => [Of(operation).Test],
            _ => [Equal(operand)],
        };
        return value => !Array.Exists(refused, test => test(value));
    }

    private static Func<JsonNode?, bool> Numeric(JsonNode? operand)
    {
        if (operand is not JsonArray { Count: 2 or 4 } terms) throw EventPattern.Invalid("numeric takes one comparison or a range of two");
        var tests = new List<Func<decimal, bool>>();
        for (var i = 0; i < terms.Count; i += 2)
        {
            if (Number(terms[i + 1]) is not { } bound) throw EventPattern.Invalid("numeric compares with a number");
            tests.Add(terms[i]?.ToString() switch
            {
                "=" => actual => actual == bound,
                "<" => actual => actual < bound,
                "<=" => actual => actual <= bound,
                ">" => actual => actual > bound,
                ">=" => actual => actual >= bound,
                var other => throw EventPattern.Invalid($"\"{other}\" is no numeric comparison"),
            });
        }

        return value => Number(value) is { } actual && Math.Abs(actual) <= LargestNumber && tests.TrueForAll(test => test(actual));
    }

    private static decimal? Number(JsonNode? node) =>
        node is JsonValue && node.GetValueKind() == JsonValueKind.Number && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Func<JsonNode?, bool> Cidr(JsonNode? operand)
    {
        if (!IPNetwork.TryParse(TextOf("cidr", operand), out var network)) throw EventPattern.Invalid($"\"{operand}\" is no CIDR block");
        return value => value is JsonValue && IPAddress.TryParse(value.ToString(), out var address) && network.Contains(address);
    }

    private static string TextOf(string name, JsonNode? operand) =>
        operand is JsonValue && operand.GetValueKind() == JsonValueKind.String ? operand.ToString() : throw EventPattern.Invalid($"{name} takes a string");
}
