using System.Text.Json;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.CloudFormation;

/// <summary>A CloudFormation template as its JSON says it, its sections found and nothing evaluated.</summary>
public sealed class Template
{
    private static readonly string[] KnownSections =
    [
        "AWSTemplateFormatVersion",
        "Description",
        "Metadata",
        "Parameters",
        "Rules",
        "Mappings",
        "Conditions",
        "Resources",
        "Outputs"
    ];

    private Template(JsonObject root)
    {
        Parameters = Section(root, "Parameters");
        Rules = Section(root, "Rules");
        Mappings = Section(root, "Mappings");
        Conditions = Section(root, "Conditions");
        Resources = Section(root, "Resources");
        Outputs = Section(root, "Outputs");
    }

    public JsonObject Parameters { get; }

    public JsonObject Rules { get; }

    public JsonObject Mappings { get; }

    public JsonObject Conditions { get; }

    public JsonObject Resources { get; }

    public JsonObject Outputs { get; }

    /// <exception cref="StackException">The text is no template, or has a section (Transform, for one) that StackSets and this cloud do not take.</exception>
    public static Template Parse(string json)
    {
        JsonObject root;
        try
        {
            root = JsonNode.Parse(json) as JsonObject ?? throw new StackException("The template is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new StackException($"The template is not JSON: {exception.Message}");
        }

        var unknown = root.Select(member => member.Key).Except(KnownSections, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0) throw new StackException($"The template has unknown sections: {string.Join(", ", unknown)}.");
        var template = new Template(root);
        return template.Resources.Count > 0 ? template : throw new StackException("The template has no Resources.");
    }

    private static JsonObject Section(JsonObject root, string name) => root[name] as JsonObject ?? [];
}

/// <summary>A stack that cannot be deployed; the message names the resource and the reason.</summary>
public sealed class StackException(string message) : Exception(message);
