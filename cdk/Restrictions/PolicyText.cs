using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>Policies as JSON.</summary>
internal static class PolicyText
{
    private const int DigestBytes = 16;

    public static JsonObject Document(params JsonObject[] statements) =>
        new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray([.. statements]) };

    public static JsonObject Deny(string sid, IEnumerable<string> actions, JsonNode resource, JsonObject condition) => new()
    {
        ["Sid"] = sid,
        ["Effect"] = "Deny",
        ["Action"] = Texts(actions),
        ["Resource"] = resource,
        ["Condition"] = condition,
    };

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>Adds to a list of texts what it does not have.</summary>
    public static void Add(JsonNode list, string[] more)
    {
        var items = list.AsArray();
        foreach (var item in more.Except(items.Select(item => item!.ToString()))) items.Add((JsonNode?)JsonValue.Create(item));
    }

    /// <summary>As the function Meter computes it of what IAM has: members and values of lists in order, one value as a list of one.</summary>
    public static string Digest(JsonObject document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(document))).AsSpan(0, DigestBytes));

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject members =>
            $"{{{string.Join(',', members.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={Canonical(one.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Canonical).Select(one => one.StartsWith('[') ? one[1..^1] : one).Order(StringComparer.Ordinal))}]",
        _ => $"[\"{JsonEncodedText.Encode(node?.ToString() ?? "")}\"]",
    };

    /// <summary>For a template: CDK's bindings take dictionaries and lists, and no JSON of .NET.</summary>
    public static object Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToArray(),
        _ => node?.ToString() ?? "",
    };
}
