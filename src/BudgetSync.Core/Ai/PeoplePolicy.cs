using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BudgetSync.Core.Ai;

/// <summary>
/// The text of the policy of suspended people: it denies models to sessions by their names, which IAM Identity Center writes, in the condition
/// <c>{"StringLike":{"aws:userid":["*:alice@example.com"]}}</c> of its one statement (IAM user guide, "Principal key values": of a role's session
/// <c>aws:userid</c> is the role's id, a colon and the session's name).
/// </summary>
public static partial class PeoplePolicy
{
    /// <summary>Its name, below the path <c>/BudgetSync/</c>: permission sets refer to it by both.</summary>
    public const string Name = "AiSuspendedPeople";

    /// <summary>What stands where nobody is suspended: no <c>aws:userid</c> is so.</summary>
    public const string Nobody = "-";

    private const string AnyRole = "*:";

    private const string Person = "person/";

    /// <summary>True where a session can have such a name. Whoever may write to the log could name anything else, such as a star.</summary>
    public static bool CanName(AiPrincipal principal) => principal.Kind == AiPrincipalKind.Person && Session().IsMatch(principal.Name[Person.Length..]);

    /// <summary>Whom a document names, as records do; null where it is not what the stack made.</summary>
    public static EquatableSet<string>? Names(string document)
    {
        if (List(Parse(document)) is not { } list) return null;
        return list.Select(NameOf).OfType<string>().ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>The document with other people: what others wrote beside names stays; null where it is not what the stack made.</summary>
    /// <param name="names">As records have them: <c>person/alice@example.com</c>.</param>
    public static string? With(string document, IEnumerable<string> names)
    {
        var policy = Parse(document);
        if (List(policy) is not { } list) return null;
        var others = list.Where(text => NameOf(text) is null && text != Nobody);
        var all = names.Select(name => AnyRole + name[Person.Length..]).Concat(others).Order(StringComparer.Ordinal).ToList();
        if (all.Count == 0) all.Add(Nobody);
        Condition(policy)!["aws:userid"] = new JsonArray([.. all.Select(text => (JsonNode)text)]); // It has one: it has the list.
        return policy!.ToJsonString();
    }

    /// <summary>The document as the stack made it, naming nobody; the text itself where it is none.</summary>
    public static string Unnamed(string document)
    {
        var policy = Parse(document);
        if (List(policy) is null) return document;
        Condition(policy)!["aws:userid"] = new JsonArray((JsonNode)Nobody); // It has one: it has the list.
        return policy!.ToJsonString();
    }

    private static JsonNode? Parse(string document)
    {
        try
        {
            return JsonNode.Parse(document);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? Condition(JsonNode? policy) =>
        policy is JsonObject root && root["Statement"] is JsonArray { Count: 1 } statements && statements[0] is JsonObject statement
            && statement["Condition"] is JsonObject condition && condition["StringLike"] is JsonObject like ? like : null;

    private static List<string>? List(JsonNode? policy) => Condition(policy)?["aws:userid"] switch
    {
        JsonArray many when many.All(one => one?.GetValueKind() == JsonValueKind.String) => [.. many.Select(one => one!.GetValue<string>())], // A string.
        JsonValue one when one.GetValueKind() == JsonValueKind.String => [one.GetValue<string>()],
        _ => null,
    };

    private static string? NameOf(string text) =>
        text.StartsWith(AnyRole, StringComparison.Ordinal) && AiPrincipal.Parse(Person + text[AnyRole.Length..]) is { } person && CanName(person)
            ? person.Name
            : null;

    /// <summary>STS API reference, AssumeRole, RoleSessionName.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_+=,.@-]{2,64}\z")]
    private static partial Regex Session();
}
