using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>Numbers in patterns.</summary>
internal static class NumberMatcher
{
    /// <summary>
    /// The bounds of numbers that are compared as numbers, both ways (EventBridge user guide, "Comparison operators for use in event patterns").
    /// </summary>
    private const decimal Largest = 5_000_000_000m;

    /// <summary>300 and 300.0 are equal (aws/event-ruler, README, "Numeric matching"); beyond the bounds numbers are compared as they are written.</summary>
    public static Func<JsonNode?, bool> Equal(JsonNode wanted)
    {
        var (number, text) = (Number(wanted), wanted.ToJsonString());
        return value => value is JsonValue && value.GetValueKind() == JsonValueKind.Number
            && ((number is not null && Number(value) == number) || value.ToJsonString() == text);
    }

    /// <summary><c>["=", 5]</c>, <c>["&gt;", 0]</c> or a range, its lower bound first: <c>["&gt;", 0, "&lt;=", 5]</c>.</summary>
    public static Func<JsonNode?, bool> Compare(JsonNode? operand)
    {
        if (operand is not JsonArray { Count: 2 or 4 } terms) throw EventPattern.Invalid("numeric takes one comparison or a range of two");
        var first = Term(terms[0], terms[1]);
        if (terms.Count == 2) return value => Number(value) is { } actual && first.Test(actual);
        var second = Term(terms[2], terms[3]);
        if (first.Operator is not (">" or ">=") || second.Operator is not ("<" or "<="))
            throw EventPattern.Invalid("a numeric range begins with > or >= and ends with < or <=");
        if (first.Bound >= second.Bound) throw EventPattern.Invalid("the bottom of a numeric range must be less than its top");
        return value => Number(value) is { } actual && first.Test(actual) && second.Test(actual);
    }

    private static (string Operator, decimal Bound, Func<decimal, bool> Test) Term(JsonNode? comparison, JsonNode? operand)
    {
        if (Number(operand) is not { } bound) throw EventPattern.Invalid($"numeric compares with a number from -{Largest} to {Largest}");
        var name = comparison is JsonValue && comparison.GetValueKind() == JsonValueKind.String ? comparison.ToString() : "";
        return (name, bound, name switch
        {
            "=" => actual => actual == bound,
            "<" => actual => actual < bound,
            "<=" => actual => actual <= bound,
            ">" => actual => actual > bound,
            ">=" => actual => actual >= bound,
            _ => throw EventPattern.Invalid($"\"{comparison}\" is no numeric comparison"),
        });
    }

    private static decimal? Number(JsonNode? node) =>
        node is JsonValue && node.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= Largest ? number : null;
}
