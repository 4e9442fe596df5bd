// The words are those of CloudFormation, whatever our members are called.
#pragma warning disable CA1507
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Tests;

/// <summary>A CloudFormation template, read the way a reviewer reads it.</summary>
internal sealed class Template(JsonObject root)
{
    public static Template Committed(string file) => Read(Path.Combine(RepositoryRoot.Path, "cdk", "templates", file));

    public static Template Read(string path) => new(JsonNode.Parse(File.ReadAllText(path))!.AsObject());

    public JsonObject Root => root;

    public IEnumerable<string> Parameters => root["Parameters"] is JsonObject parameters ? parameters.Select(parameter => parameter.Key) : [];

    public IEnumerable<KeyValuePair<string, JsonObject>> Resources =>
        root["Resources"]!.AsObject().Select(resource => KeyValuePair.Create(resource.Key, resource.Value!.AsObject()));

    public IEnumerable<KeyValuePair<string, JsonObject>> OfType(string type) => Resources.Where(resource => (string)resource.Value["Type"]! == type);

    public JsonObject Resource(string id) => root["Resources"]![id]!.AsObject();

    public JsonObject Properties(string id) => Resource(id)["Properties"]!.AsObject();

    /// <summary>A value as a line of text: intrinsic functions become <c>${…}</c>, lists are joined by a comma.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(Text)),
        JsonObject { Count: 1 } call when call["Ref"] is { } name => $"${{{name}}}",
        JsonObject { Count: 1 } call when call["Fn::GetAtt"] is JsonArray path => $"${{{path[0]}.{path[1]}}}",
        JsonObject { Count: 1 } call when call["Fn::Join"] is JsonArray join => string.Join((string)join[0]!, join[1]!.AsArray().Select(Text)),
        JsonObject { Count: 1 } call when call["Fn::Sub"] is { } text => (string)text!,
        JsonObject other => other.ToJsonString(),
        _ => node.ToString(),
    };
}
