using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Kernel;

namespace BudgetSync.LocalAws.DynamoDb.Operations;

/// <summary>The members of a request. One that we do not know is refused: ignoring it would answer a question nobody asked.</summary>
internal sealed class RequestReader
{
    private readonly JsonObject input;

    /// <param name="known">Every member the operation reads, or ignores with reason.</param>
    /// <exception cref="AwsException">ValidationException for a member that is not known.</exception>
    public RequestReader(AwsCall call, params ReadOnlySpan<string> known)
        : this(call.Input, call.Operation, known)
    {
    }

    public RequestReader(JsonObject input, string what, params ReadOnlySpan<string> known)
    {
        this.input = input;
        foreach (var (name, _) in input)
        {
            if (!known.Contains(name)) throw Errors.Validation($"LocalAws does not know the member {name} of {what}; BEHAVIOUR.md lists what it knows.");
        }
    }

    public bool Has(string name) => input[name] is not null;

    public JsonNode? Node(string name) => input[name];

    public string? Text(string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Wrong(name, "a string"),
    };

    public string RequiredText(string name) => Text(name)
        ?? throw Errors.Validation($"The parameter '{name}' is required but was not present in the request");

    public int? WholeNumber(string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    public bool? Truth(string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var truth) => truth,
        _ => throw Wrong(name, "true or false"),
    };

    public JsonObject? Object(string name) => input[name] switch
    {
        null => null,
        JsonObject members => members,
        _ => throw Wrong(name, "an object"),
    };

    public JsonObject RequiredObject(string name) => Object(name)
        ?? throw Errors.Validation($"The parameter '{name}' is required but was not present in the request");

    public IReadOnlyList<JsonNode?> List(string name) => input[name] switch
    {
        null => [],
        JsonArray items => [.. items],
        _ => throw Wrong(name, "a list"),
    };

    /// <summary>One of a closed list of words, the first where the request has none.</summary>
    public string Choice(string name, params ReadOnlySpan<string> words)
    {
        var word = Text(name) ?? words[0];
        if (words.Contains(word)) return word;
        var member = char.ToLowerInvariant(name[0]) + name[1..];
        throw Errors.Validation($"1 validation error detected: Value '{word}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", words.ToArray())}]");
    }

    private static AwsException Wrong(string name, string expected) => new("SerializationException", $"{name} must be {expected}.");
}
