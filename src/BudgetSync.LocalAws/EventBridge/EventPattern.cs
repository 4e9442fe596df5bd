using System.Text.Json;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.EventBridge;

/// <summary>
/// An event pattern, read once (EventBridge user guide, "Creating Amazon EventBridge event patterns"; aws/event-ruler, which AWS says EventBridge runs):
/// every listed field must be there and match, a list of matchers is an OR, siblings are an AND. A dot in a name and a level of nesting are the same thing.
/// The same language filters the records of an event source mapping.
/// </summary>
public sealed class EventPattern
{
    private readonly Func<JsonNode?, bool> matches;

    private EventPattern(string json, Func<JsonNode?, bool> matches) => (Json, this.matches) = (json, matches);

    /// <summary>The pattern's own text.</summary>
    public string Json { get; }

    /// <exception cref="AwsException">InvalidEventPatternException, saying what is wrong.</exception>
    public static EventPattern Parse(string json)
    {
        if (json.Length > AwsLimits.EventBridge.PatternLength)
            throw Invalid($"it is {json.Length} characters long, and may have {AwsLimits.EventBridge.PatternLength}");
        try
        {
            return new EventPattern(json, Fields(JsonText.ParseLastWins(json) as JsonObject ?? throw Invalid("it is not a JSON object")));
        }
        catch (JsonException exception)
        {
            throw Invalid($"it is not JSON: {exception.Message}");
        }
    }

    public bool Matches(JsonNode? value) => matches(value);

    internal static AwsException Invalid(string what) => new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {what}.");

    private static Func<JsonNode?, bool> Fields(JsonObject pattern)
    {
        if (pattern.Count == 0) throw Invalid("an object in it has no fields");
        var tests = pattern.Select(field => Field(field.Key, field.Value)).ToArray();
        return node => Array.TrueForAll(tests, test => test(node as JsonObject));
    }

    private static Func<JsonObject?, bool> Field(string name, JsonNode? wanted)
    {
        switch (wanted)
        {
            case JsonArray alternatives when name == "$or":
                var options = alternatives.Select(option => Fields(option as JsonObject ?? throw Invalid("$or lists something that is no object"))).ToArray();
                if (options.Length < 2) throw Invalid("$or needs two alternatives at least");
                return members => Array.Exists(options, option => option(members));
            case JsonObject nested:
                var inner = Fields(nested);
                return members => AnyOf(EventField.Find(members, name).Value, inner);
            case JsonArray matchers when matchers.Count > 0:
                var leaves = matchers.Select(LeafMatcher.Of).ToArray();
                return members =>
                {
                    var (isThere, value) = EventField.Find(members, name);
                    var isLeaf = isThere && value is not JsonObject;
                    return Array.Exists(leaves, leaf => leaf.Matches(isLeaf, value));
                };
            default:
                throw Invalid($"\"{name}\" must be an object or a list that is not empty");
        }
    }

    /// <summary>An array of objects in the event matches when one of them does, by itself.</summary>
    private static bool AnyOf(JsonNode? value, Func<JsonNode?, bool> test) => value is JsonArray several ? several.Any(item => AnyOf(item, test)) : test(value);
}
