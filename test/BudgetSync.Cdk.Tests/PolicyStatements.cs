// The words are those of CloudFormation, whatever our members are called.
#pragma warning disable CA1507
using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Tests;

/// <summary>One statement of one policy in a template.</summary>
/// <param name="Where">The resource it belongs to and its Sid: <c>PropagateRole/ReadRows</c>. A trust statement has <c>trust</c> for its Sid.</param>
internal sealed record PolicyStatementText(string Where, string Effect, string Principal, string Action, string Resource, string Condition)
{
    /// <summary>Every statement of every policy: roles and their trust, policies beside roles, and those of queues, topics, buckets and buses.</summary>
    public static IEnumerable<PolicyStatementText> All(Template template) =>
        from resource in template.Resources
        from found in Documents(resource.Value["Properties"]!.AsObject())
        from statement in found.Statements
        select Read(resource.Key, statement, found.Trust);

    private static IEnumerable<(bool Trust, IEnumerable<JsonObject> Statements)> Documents(JsonObject properties)
    {
        if (properties["AssumeRolePolicyDocument"] is JsonObject trust)
            yield return (true, Statements(trust));
        if (properties["PolicyDocument"] is JsonObject document)
            yield return (false, Statements(document));
        if (properties["Statement"] is JsonObject single)
            yield return (false, [single]);
        foreach (var policy in properties["Policies"] as JsonArray ?? [])
        {
            var inline = policy!["Fn::If"] is JsonArray choice ? choice[1]! : policy;
            yield return (false, Statements(inline["PolicyDocument"]!.AsObject()));
        }
    }

    private static IEnumerable<JsonObject> Statements(JsonObject document) => document["Statement"]!.AsArray().Select(statement => statement!.AsObject());

    private static PolicyStatementText Read(string resource, JsonObject statement, bool trust) => new(
        $"{resource}/{(trust ? "trust" : Template.Text(statement["Sid"]))}",
        Template.Text(statement["Effect"]),
        statement["Principal"] is JsonObject principal ? string.Join("; ", principal.Select(who => $"{who.Key} {Template.Text(who.Value)}")) : "",
        Template.Text(statement["Action"]),
        Template.Text(statement["Resource"]),
        string.Join("; ",
            from test in statement["Condition"]?.AsObject() ?? []
            from key in test.Value!.AsObject()
            select $"{test.Key} {key.Key} {Template.Text(key.Value)}"));
}
