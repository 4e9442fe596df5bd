using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BudgetSync.LocalAws.Iam;

namespace BudgetSync.LocalAws.CloudFormation.Resources;

/// <summary>AWS::IAM::Role and AWS::IAM::Policy.</summary>
internal static class IamResources
{
    public static readonly ResourceType Role = new("AWS::IAM::Role")
    {
        Properties = new HashSet<string> { "RoleName", "Path", "AssumeRolePolicyDocument", "Policies", "ManagedPolicyArns", "MaxSessionDuration", "Tags" },
        Inert = new Dictionary<string, string> { ["Description"] = "For people." },
        PutAsync = PutRole,
        DeleteAsync = DeleteRole,
    };

    public static readonly ResourceType Policy = new("AWS::IAM::Policy")
    {
        Properties = new HashSet<string> { "PolicyName", "PolicyDocument", "Roles" },
        PutAsync = PutPolicy,
        DeleteAsync = request =>
        {
            foreach (var role in Roles(request.Properties)) Change(request, role, inline => inline.Remove(request.Required("PolicyName")));
            return Task.CompletedTask;
        },
    };

    private static Task<MadeResource> PutRole(ResourceRequest request)
    {
        var name = request.Text("RoleName") ?? request.GeneratedName;
        var before = request.Cloud.Iam.FindRole(request.AccountId, name);
        if (before is not null && request.PhysicalId != name)
            throw new StackException(
                $"{request.LogicalId}: {before.Arn} already exists. Roles are global: the stack may be deployed in another region of the account.");
        // Policies that an AWS::IAM::Policy or somebody else attached stay; those this resource had before are replaced by those it has now.
        var others = (before?.Definition.Inline ?? ImmutableDictionary<string, PolicyDocument>.Empty).RemoveRange(
            Policies(request.Before).Select(policy => policy.Name));
        var role = request.Cloud.Iam.PutRole(request.AccountId, new RoleDefinition(name, PolicyDocument.Parse(request.Properties["AssumeRolePolicyDocument"]))
        {
            Path = request.Text("Path") ?? "/",
            Tags = (request.Properties["Tags"] as JsonArray ?? []).ToImmutableDictionary(tag => tag!["Key"]!.ToString(), tag => tag!["Value"]!.ToString()),
            Inline = others.SetItems(Policies(request.Properties).Select(policy => KeyValuePair.Create(policy.Name, PolicyDocument.Parse(policy.Document)))),
            ManagedPolicyArns =
            [
                .. (before?.Definition.ManagedPolicyArns ?? []).Except(Texts(request.Before, "ManagedPolicyArns"), StringComparer.Ordinal)
                    .Union(Texts(request.Properties, "ManagedPolicyArns"), StringComparer.Ordinal),
            ],
            MaximumSession = TimeSpan.FromSeconds(double.Parse(request.Text("MaxSessionDuration") ?? "3600", CultureInfo.InvariantCulture)),
        });
        return Task.FromResult(new MadeResource(name, ("Arn", role.Arn), ("RoleId", role.Id)));
    }

    /// <summary>CloudFormation takes its own policies from a role before it deletes it; those that others attached are in the way, as in AWS.</summary>
    private static Task DeleteRole(ResourceRequest request)
    {
        var role = request.Cloud.Iam.FindRole(request.AccountId, request.PhysicalId!);
        if (role?.Definition.ManagedPolicyArns.Except(Texts(request.Properties, "ManagedPolicyArns"), StringComparer.Ordinal).Any() == true)
            throw new StackException($"{request.LogicalId}: Cannot delete entity, must detach all policies first.");
        request.Cloud.Iam.DeleteRole(request.AccountId, request.PhysicalId!);
        return Task.CompletedTask;
    }

    private static Task<MadeResource> PutPolicy(ResourceRequest request)
    {
        var name = request.Required("PolicyName");
        foreach (var gone in Roles(request.Before).Except(Roles(request.Properties), StringComparer.Ordinal))
            Change(request, gone, inline => inline.Remove(name));
        foreach (var role in Roles(request.Properties))
            Change(request, role, inline => inline.SetItem(name, PolicyDocument.Parse(request.Properties["PolicyDocument"])));
        return Task.FromResult(new MadeResource(request.GeneratedName));
    }

    private static void Change(
        ResourceRequest request,
        string roleName,
        Func<ImmutableDictionary<string, PolicyDocument>, ImmutableDictionary<string, PolicyDocument>> change)
    {
        if (request.Cloud.Iam.FindRole(request.AccountId, roleName) is { } role)
            request.Cloud.Iam.PutRole(request.AccountId, role.Definition with { Inline = change(role.Definition.Inline) });
    }

    private static IEnumerable<(string Name, JsonNode? Document)> Policies(JsonObject? properties) =>
        (properties?["Policies"] as JsonArray ?? []).Select(policy => (policy!["PolicyName"]!.ToString(), policy["PolicyDocument"]));

    private static IEnumerable<string> Roles(JsonObject? properties) => Texts(properties, "Roles");

    private static IEnumerable<string> Texts(JsonObject? properties, string name) =>
        (properties?[name] as JsonArray ?? []).Select(text => text!.ToString());
}
