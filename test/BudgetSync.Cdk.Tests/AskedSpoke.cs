using System.Text.Json.Nodes;

namespace BudgetSync.Cdk.Tests;

/// <summary>What the role into a spoke has where the hub asks its functions: another who may assume it, and one statement.</summary>
internal static class AskedSpoke
{
    /// <summary>Takes both out of a resource that has them, and leaves any other as it is.</summary>
    public static void RemoveFrom(JsonObject resource)
    {
        if (resource["Type"]?.ToString() != "AWS::IAM::Role") return;
        RemoveStatement(resource, "AskFunctions");
        foreach (var statement in resource["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())
            Remove(statement!["Condition"]?["ArnEquals"]?["aws:PrincipalArn"] as JsonArray, "role/BudgetSync-Respond");
    }

    /// <summary>Takes the statements of a name out of a role's policies.</summary>
    public static void RemoveStatement(JsonObject resource, string sid)
    {
        foreach (var policy in (resource["Properties"]?["Policies"] as JsonArray) ?? [])
            Remove(policy!["PolicyDocument"]?["Statement"] as JsonArray, $"\"Sid\":\"{sid}\"");
    }

    private static void Remove(JsonArray? values, string text)
    {
        foreach (var value in (values ?? []).Where(value => value!.ToJsonString().Contains(text, StringComparison.Ordinal)).ToList()) values!.Remove(value);
    }
}
