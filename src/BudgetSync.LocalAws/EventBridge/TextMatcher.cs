using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>The operators on strings: prefix, suffix, equals-ignore-case and wildcard.</summary>
internal static class TextMatcher
{
    /// <summary>
    /// Stars in one wildcard. AWS refuses what is "too complex", by a measure it does not publish; it was seen to refuse six stars between equal separators.
    /// </summary>
    private const int MaximumStars = 5;

    /// <summary>By what they match: the stacks of many accounts have the same rules, and an expression takes far longer to make than to match.</summary>
    private static readonly ConcurrentDictionary<string, Regex> Wildcards = new(StringComparer.Ordinal);

    /// <summary>An operator by itself, which takes one string, and prefix and suffix <c>{"equals-ignore-case": "…"}</c> too.</summary>
    public static Func<JsonNode?, bool> Of(string name, JsonNode? operand) =>
        name is "prefix" or "suffix" && operand is JsonObject { Count: 1 } insensitive && insensitive.First() is { Key: "equals-ignore-case", Value: { } text }
            ? Test(name, TextOf(name, text), StringComparison.OrdinalIgnoreCase)
            : Test(name, TextOf(name, operand), StringComparison.Ordinal);

    /// <summary>An operator inside anything-but, which takes one string or a list of them, and no empty prefix or suffix.</summary>
    public static Func<JsonNode?, bool>[] Within(string name, JsonNode? operand)
    {
        var texts = (operand is JsonArray many ? many.ToArray() : [operand]).Select(text => TextOf(name, text)).ToArray();
        if (texts.Length == 0) throw EventPattern.Invalid($"anything-but {name} takes a string or a list that is not empty");
        if (name is "prefix" or "suffix" && texts.Contains("")) throw EventPattern.Invalid($"anything-but {name} takes no empty string");
        return [.. texts.Select(text => Test(name, text, StringComparison.Ordinal))];
    }

    public static string TextOf(string name, JsonNode? operand) =>
        operand is JsonValue && operand.GetValueKind() == JsonValueKind.String ? operand.ToString() : throw EventPattern.Invalid($"{name} takes a string");

    private static Func<JsonNode?, bool> Test(string name, string wanted, StringComparison comparison)
    {
        var test = Test(name, wanted);
        return value => value is JsonValue && value.GetValueKind() == JsonValueKind.String && test(value.ToString());

        Func<string, bool> Test(string name, string wanted) => name switch
        {
            "prefix" => actual => actual.StartsWith(wanted, comparison),
            "suffix" => actual => actual.EndsWith(wanted, comparison),
            "equals-ignore-case" => actual => string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase),
            "wildcard" => Wildcards.GetOrAdd(wanted, Wildcard).IsMatch,
            _ => throw EventPattern.Invalid(
                $"\"{name}\" is no matching operator; known are prefix, suffix, anything-but, equals-ignore-case, wildcard, numeric, cidr and exists"),
        };
    }

    /// <summary>A star stands for any characters; <c>\*</c> and <c>\\</c> are the characters themselves.</summary>
    private static Regex Wildcard(string wanted)
    {
        var expression = new StringBuilder(@"\A");
        var (stars, isAfterStar) = (0, false);
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == '*')
            {
                if (isAfterStar) throw EventPattern.Invalid($"consecutive wildcard characters at position {i - 1}");
                if (++stars > MaximumStars) throw EventPattern.Invalid("the rule is too complex: try using fewer wildcard characters");
                expression.Append(".*");
                isAfterStar = true;
            }
            else
            {
                isAfterStar = false;
                if (wanted[i] == '\\' && (++i == wanted.Length || wanted[i] is not ('*' or '\\')))
                    throw EventPattern.Invalid($"invalid escape character at position {i}");
                expression.Append(Regex.Escape(wanted[i].ToString()));
            }
        }

        return new Regex(expression.Append(@"\z").ToString(), RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }
}
