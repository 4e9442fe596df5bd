using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BudgetSync.LocalAws.Iam;

/// <summary>Reads one statement from its JSON.</summary>
internal static class PolicyReader
{
    private static readonly ImmutableArray<string> Members =
        ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];

    public static PolicyStatement Statement(JsonNode? node)
    {
        if (node is not JsonObject statement) throw PolicyDocument.Malformed("a statement is not a JSON object");
        if (statement.FirstOrDefault(member => !Members.Contains(member.Key)).Key is { } unknown)
            throw PolicyDocument.Malformed($"a statement's member \"{unknown}\" is none of {string.Join(", ", Members)}");
        var effect = statement["Effect"]?.ToString();
        if (effect is not ("Allow" or "Deny")) throw PolicyDocument.Malformed($"Effect \"{effect}\" is neither Allow nor Deny");
        if (statement.ContainsKey("Action") == statement.ContainsKey("NotAction"))
            throw PolicyDocument.Malformed("a statement needs either Action or NotAction");
        var actions = Strings(statement["Action"] ?? statement["NotAction"]);
        if (actions.FirstOrDefault(action => action != "*" && !action.Contains(':', StringComparison.Ordinal)) is { } bare)
            throw PolicyDocument.Malformed($"the action \"{bare}\" has no service prefix");
        return new PolicyStatement(
            effect == "Allow",
            actions,
            statement.ContainsKey("NotAction"),
            Strings(statement["Resource"] ?? statement["NotResource"]),
            statement.ContainsKey("NotResource"),
            Principals(statement),
            Conditions(statement["Condition"]))
        {
            Sid = Sid(statement["Sid"]),
        };
    }

    /// <summary>A value that may be one string or a list of them.</summary>
    public static ImmutableArray<string> Strings(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => [.. many.Select(Text)],
        JsonValue one => [Text(one)],
        _ => throw PolicyDocument.Malformed($"{node.ToJsonString()} should be a string or a list of strings"),
    };

    private static string Text(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False =>
            value.GetValue<bool>() ? "true" : "false",
        JsonValue value => value.ToString(),
        _ => throw PolicyDocument.Malformed($"{node?.ToJsonString() ?? "null"} should be a string"),
    };

    private static string? Sid(JsonNode? node) => node switch
    {
        null => null,
        JsonValue text when text.GetValueKind() == System.Text.Json.JsonValueKind.String => text.ToString(),
        _ => throw PolicyDocument.Malformed("a Sid is a string"),
    };

    private static PolicyPrincipals? Principals(JsonObject statement)
    {
        var negated = statement.ContainsKey("NotPrincipal");
        switch (statement["Principal"] ?? statement["NotPrincipal"])
        {
            case null:
                return null;
            case JsonValue star when star.ToString() == "*":
                return new PolicyPrincipals(["*"], [], negated);
            case JsonObject kinds:
                if (kinds.FirstOrDefault(kind => kind.Key is not ("AWS" or "Service")).Key is { } unknown)
                    throw PolicyDocument.Malformed($"a Principal of kind \"{unknown}\" is none that LocalAws knows (AWS, Service)");
                return new PolicyPrincipals(Strings(kinds["AWS"]), Strings(kinds["Service"]), negated);
            case var other:
                throw PolicyDocument.Malformed($"Principal {other.ToJsonString()} is neither \"*\" nor an object");
        }
    }

    private static ImmutableArray<PolicyCondition> Conditions(JsonNode? node)
    {
        if (node is null) return [];
        if (node is not JsonObject operators) throw PolicyDocument.Malformed("Condition is not an object");
        return
        [
            .. from operatorNode in operators
               from key in operatorNode.Value as JsonObject ?? throw PolicyDocument.Malformed($"Condition operator {operatorNode.Key} holds no object")
               select PolicyCondition.Of(operatorNode.Key, key.Key, Strings(key.Value)),
        ];
    }
}
