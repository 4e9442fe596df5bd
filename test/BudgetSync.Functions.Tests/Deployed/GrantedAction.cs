using System.Text.Json.Nodes;

namespace BudgetSync.Functions.Tests.Deployed;

/// <summary>One IAM action that one statement of a template allows.</summary>
/// <param name="Template"><c>management</c>, <c>spoke</c> or <c>models</c>.</param>
/// <param name="Resource">The logical id of the role, policy or permission that has the statement.</param>
/// <param name="Statement">Its Sid; <c>Trust</c> or <c>Permission</c> where it has none.</param>
internal sealed record GrantedAction(string Template, string Resource, string Statement, string Action)
{
    // An action that no service has: what remains of a statement whose only action is taken away.
    private const string Nothing = "removed:Removed";

    /// <summary>All that the templates allow. A Deny allows nothing and is left out.</summary>
    public static IReadOnlyList<GrantedAction> All(Templates templates) =>
        [.. Of("management", templates.Management), .. Of("spoke", templates.Spoke)];

    /// <summary>The templates without this action, and nothing else changed.</summary>
    public Templates RemovedFrom(Templates templates) => Template switch
    {
        "management" => templates with { Management = RemovedFrom(templates.Management) },
        "models" => templates with { Models = RemovedFrom(templates.Models) },
        _ => templates with { Spoke = RemovedFrom(templates.Spoke) },
    };

    public override string ToString() => $"{Template}: {Resource}/{Statement}/{Action}";

    /// <summary>All that one template allows.</summary>
    public static IEnumerable<GrantedAction> Of(string template, string text) =>
        from found in Statements(JsonNode.Parse(text)!)
        from action in Actions(found.Statement["Action"]!)
        select new GrantedAction(template, found.Resource, found.Name, action);

    /// <summary>A template's text without this action.</summary>
    public string RemovedFrom(string text)
    {
        var root = JsonNode.Parse(text)!;
        var statement =
            Statements(
                root).Single(found => found.Resource == Resource && found.Name == Statement && Actions(found.Statement["Action"]!).Contains(Action)).Statement;
        var left = Actions(statement["Action"]!).Where(action => action != Action).ToList();
        statement["Action"] = left.Count == 0 ? NothingFor(root) : new JsonArray([.. left.Select(action => JsonValue.Create(action))]);
        return root.ToJsonString();
    }

    /// <summary>A topic's policy takes actions of SNS alone: there it is one that nothing uses.</summary>
    private string NothingFor(JsonNode root) =>
        root["Resources"]![Resource]!["Type"]!.ToString() == "AWS::SNS::TopicPolicy" ? "sns:RemovePermission" : Nothing;

    private static IEnumerable<(string Resource, string Name, JsonObject Statement)> Statements(JsonNode root) =>
        from resource in root["Resources"]!.AsObject()
        let kind = resource.Value!["Type"]!.ToString()
        from statement in kind == "AWS::Lambda::Permission" ? [resource.Value["Properties"]!.AsObject()] : Allowing(resource.Value["Properties"])
        select (resource.Key, statement["Sid"]?.ToString() ?? (kind == "AWS::Lambda::Permission" ? "Permission" : "Trust"), statement);

    private static IEnumerable<JsonObject> Allowing(JsonNode? node) => node switch
    {
        JsonObject statement when statement["Effect"]?.ToString() == "Allow" => [statement],
        JsonObject members => members.SelectMany(member => Allowing(member.Value)),
        JsonArray items => items.SelectMany(Allowing),
        _ => [],
    };

    private static IEnumerable<string> Actions(JsonNode action) =>
        action is JsonArray several ? [.. several.Select(one => one!.ToString())] : [action.ToString()];
}
