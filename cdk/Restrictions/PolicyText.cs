using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Restrictions;

/// <summary>Policies as JSON.</summary>
internal static class PolicyText
{
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

    /// <summary>For a template: CDK's bindings take dictionaries and lists, and no JSON of .NET.</summary>
    public static object Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToArray(),
        _ => node?.ToString() ?? "",
    };
}
